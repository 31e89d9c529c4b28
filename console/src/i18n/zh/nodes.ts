import type { Messages } from '../types'

export const nodes: Messages['nodes'] = {
  title: '节点',
  empty: '尚无节点上报。',
  live: '在线',
  silent: '失联',
  states: { starting: '启动中', serving: '服务中', draining: '排空中' },
  http: '调用地址',
  management: '管理地址',
  version: '版本',
  started: '启动时间',
  heard: '最近上报',
  ago: (seconds) => `${seconds} 秒前`,
  revision: '已生效修订号',
  current: '已是最新',
  behind: (count) => `落后 ${count}`,
  committed: (revision) => `最新修订号：${revision}`,
  setAside: '以下对象无法生效',
  liveOf: (live, all) => `${all} 个节点中 ${live} 个在线`,
}

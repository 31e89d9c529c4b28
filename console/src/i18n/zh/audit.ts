import type { Messages } from '../types'

export const audit: Messages['audit'] = {
  title: '审计日志',
  empty: '每次管理调用都会在此留下记录。',
  at: '时间',
  actor: '用户',
  action: '操作',
  actionHint: '操作，如 api:deploy',
  resource: '对象',
  resourceHint: '对象（完整匹配）',
  since: '开始时间',
  until: '结束时间',
  revision: '修订号',
  outcome: '结果',
  outcomes: { done: '成功', denied: '无权限', failed: '失败' },
  detail: '详情',
  show: '展开详情',
  hide: '收起详情',
}

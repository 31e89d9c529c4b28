import type { Messages } from '../types'

export const start: Messages['start'] = {
  title: '首次调用',
  lead: '填写后端服务地址，点击按钮，即可完成第一次调用。',
  backend: '后端服务在哪里？',
  mine: '我的服务',
  mock: '暂无服务，由网关应答',
  url: '后端服务地址',
  urlHint: 'http://host[:port] 或 https://host[:port]，本机须能访问。',
  go: '立即开通',
  making: '正在创建分组和 API 并发布……',
  ready: 'API 已生效，请调用：',
  waiting: '等待调用到达……',
  arrived: (count) => `已收到 ${count} 次调用`,
  at: (time) => `最近一次：${time}`,
  outcome: (status) => `响应 ${status}`,
  by: { backend: '由后端应答', gateway: '由网关应答' },
  explained: '网关对此调用的决策过程及每一步的耗时',
  again: '更换后端服务',
  overview: '查看 API',
  mockBody: '你好，牌坊',
}

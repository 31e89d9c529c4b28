import type { Messages } from '../types'

export const groups: Messages['groups'] = {
  title: 'API 分组',
  one: 'API 分组',
  create: '创建分组',
  edit: '编辑分组',
  empty: '分组包含 API，并通过域名对外提供访问。',
  subdomain: '二级域名',
  subdomainOn: '允许通过二级域名调用',
  subdomainEffect: '关闭后，通过二级域名的调用将被拒绝。',
  basePath: '基础路径',
  basePathHint: '位于分组内每个 API 的路径之前。',
  basePathEffect: '修改后，使用 API 原有路径的调用将被拒绝。',
  callsPerSecond: '每秒调用次数',
  callsPerSecondHint: '分组内所有 API 合计；留空表示不限制。',
  appCode: 'AppCode 认证',
  appCodes: {
    inherit: '以 API 设置为准',
    disabled: '不允许',
    header: '放在请求头',
    header_or_query: '放在请求头或查询参数',
  },
  passthroughHeaders: '透传请求头',
  passthroughHeadersHint: '原样传给后端的请求头名称。',
  dialectHint: '决定分组采用哪家云的调用约定和术语，创建后不可更改。',
  tabs: { overview: '分组详情', apis: 'API 列表', domains: '域名管理', variables: '环境变量' },
  deleteEffect: '分组内不能有 API；域名绑定将一并删除。',
}

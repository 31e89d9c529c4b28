import type { Messages } from '../types'

export const apis: Messages['apis'] = {
  title: 'API 列表',
  one: 'API',
  create: '创建 API',
  empty: 'API 由请求方法、路径和后端服务组成。',
  method: '请求方法',
  path: '请求路径',
  auth: '安全认证',
  auths: { none: '无认证', app: 'APP 认证' },
  backend: '后端服务',
  backends: { http: 'HTTP', mock: 'Mock' },
  visibility: '类型',
}

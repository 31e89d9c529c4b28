import type { Messages } from '../types'

export const domains: Messages['domains'] = {
  title: { alibaba: '独立域名', huawei: '独立域名' },
  titleOf: (group, title) => `${group}：${title}`,
  bind: '绑定域名',
  host: '域名',
  hostHint: '*.example.com 表示其下一级的所有域名。',
  cname: (subdomain) => `请将域名解析到本网关，例如添加指向 ${subdomain} 的 CNAME 记录。`,
  stage: '对应环境',
  anyStage: '由调用方指定',
  fix: '指定环境',
  fixOne: (host) => `${host} 对应的环境`,
  unbind: '解绑',
  unbindEffect: '解绑后，通过该域名的调用将被拒绝。',
  empty: '调用方通过二级域名或在此绑定的独立域名访问该分组。',
}

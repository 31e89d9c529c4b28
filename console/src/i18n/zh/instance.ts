import type { Messages } from '../types'

export const instance: Messages['instance'] = {
  title: '实例',
  ready: '正常接收调用',
  region: '地域',
  baseDomain: '分组二级域名',
  limits: '限制',
  profiles: { own: 'own：宽松，适用于自有机器', cloud: 'cloud：与云上配额一致' },
  everyLimit: '查看全部限制与用量',
  addresses: '访问地址',
  node: '节点',
  everyNode: '查看全部节点',
  authority: '网关自带的证书颁发机构',
  signsFor: '签发范围',
  renewedUntil: '二级域名证书（自动续期）',
  download: '下载 ca.pem',
  copyAuthority: '复制证书',
  replaceAuthority: '更换颁发机构',
  replaceEffect: '更换后，原机构签发的证书立即重新签发；只信任原机构的调用方将拒绝新证书。',
  authorityHint: 'PEM 格式：您的机器已信任的颁发机构（CA:TRUE）。',
}

import type { Messages } from '../types'

export const accesses: Messages['accesses'] = {
  title: 'VPC 授权',
  one: 'VPC 授权',
  create: '创建 VPC 授权',
  edit: '编辑 VPC 授权',
  empty: 'VPC 授权为专有网络中的实例命名，API 通过该名称访问后端。',
  network: 'VPC ID',
  instance: '实例',
  instanceHint: '实例 ID，或其 IPv4、IPv6 地址。',
  port: '端口',
  address: '地址',
  addressHint: '网关访问实例所用的主机名或地址；留空表示实例一栏就是地址。',
  scheme: '协议',
  host: 'Host 请求头',
  hostHint: '传给实例的 Host，格式为 host[:port]；留空表示使用其地址。',
  asInstance: '与实例相同',
  usedBy: '使用该授权的 API',
  deleteEffect: '不能有 API 正在使用该授权。',
}

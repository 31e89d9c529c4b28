import type { Messages } from '../types'

export const failures: Messages['failures'] = {
  requestId: '请求 ID',
  titles: {
    unreachable: '无法连接网关',
    unauthenticated: '您已退出登录',
    denied: '您没有此操作的权限',
    missing: '对象不存在',
    invalid: '部分内容不符合要求',
    changed: '内容已被他人修改',
    inUse: '仍被其他对象使用',
    refused: '当前无法执行此操作',
    failed: '网关出错',
  },
  neededBy: '使用者',
  elsewhere: '另外：',
}

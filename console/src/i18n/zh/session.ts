import type { Messages } from '../types'

export const session: Messages['session'] = {
  title: '登录',
  hint: '首个用户为 `admin`，密码保存在数据目录的 first-credentials 文件中（首次启动时另行指定的除外）。',
  name: '用户名',
  password: '密码',
  signIn: '登录',
  signOut: '退出登录',
}

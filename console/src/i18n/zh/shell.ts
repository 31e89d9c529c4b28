import type { Messages } from '../types'

export const shell: Messages['shell'] = {
  brand: '牌坊 Paifang',
  skip: '跳到正文',
  menu: '主菜单',
  open: '快速打开',
  language: '语言',
  theme: '主题',
  light: '浅色',
  dark: '深色',
  system: '跟随系统',
  notFound: '页面不存在',
  home: '前往 API 分组',
  sections: {
    openApis: '开放 API',
    callers: '调用 API',
    gateway: '网关',
  },
}

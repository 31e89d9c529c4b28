import type { Messages } from '../types'

export const palette: Messages['palette'] = {
  placeholder: '页面、API、分组、应用……',
  pages: '页面',
  nothing: '没有找到',
}

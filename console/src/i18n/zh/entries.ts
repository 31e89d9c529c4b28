import type { Messages } from '../types'

export const entries: Messages['entries'] = {
  title: '条目',
  search: '搜索条目',
  add: '添加条目',
  count: (count) => `${count.toLocaleString('zh-CN')} 个条目`,
  removeTitle: (what) => `移除 ${what}？`,
  removed: '已移除',
}

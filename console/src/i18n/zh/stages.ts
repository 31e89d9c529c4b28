import type { Messages } from '../types'

export const stages: Messages['stages'] = {
  title: '环境管理',
  one: '环境',
  create: { alibaba: '创建环境', huawei: '创建环境' },
  createAny: '创建环境',
  edit: { alibaba: '编辑环境', huawei: '编辑环境' },
  empty: 'API 发布到环境中。同一风格的所有分组共用环境。',
  dialectHint: '哪家风格的分组可以发布到该环境，创建后不可更改。',
  builtIn: '内置',
  builtInReason: '内置环境不可重命名或删除',
  deleteEffect: '该环境中不能有已发布的 API，也不能有域名指定到该环境。',
}

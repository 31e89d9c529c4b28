import type { Messages } from '../types'

export const variables: Messages['variables'] = {
  title: { alibaba: '环境变量', huawei: '环境变量' },
  titleOf: (group, title) => `${group}：${title}`,
  add: '添加变量',
  edit: (name) => `修改 ${name} 的值`,
  nameHint: '在 API 定义中写作 #变量名#。名称区分大小写，创建后不可更改。',
  value: '值',
  valueHint: '可包含字母、数字和 _-/.:，最多 255 个字符。修改后对已发布的 API 立即生效。',
  empty: (stage) => `${stage} 环境还没有变量。API 定义中可以用 #变量名# 表示各环境不同的值。`,
  deleteEffect: '该环境中已发布且引用此变量的 API 将无法调用。',
}

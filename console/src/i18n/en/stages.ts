export const stages = {
  title: 'Stages and environments',
  one: 'Stage',
  create: { alibaba: 'Create stage', huawei: 'Create environment' },
  createAny: 'Create stage or environment',
  edit: { alibaba: 'Edit stage', huawei: 'Edit environment' },
  empty: 'APIs are published to stages. Those of a dialect are shared by all of its groups.',
  dialectHint: 'Whose groups publish to it. It cannot be changed later.',
  builtIn: 'from the start',
  builtInReason: 'It is there from the start: it can be neither renamed nor deleted',
  deleteEffect: 'No API may be published there, and no domain may be fixed to it.',
}

export const variables = {
  title: { alibaba: 'Stage variables', huawei: 'Environment variables' },
  titleOf: (group: string, title: string) => `${group}: ${title}`,
  add: 'Add variable',
  edit: (name: string) => `Value of ${name}`,
  nameHint: 'Definitions name it as #name#. It cannot be changed later; letters of either case differ.',
  value: 'Value',
  valueHint: 'Letters, digits and _-/.:, at most 255. What is published follows a new value at once.',
  empty: (stage: string) => `Nothing has a value in ${stage} yet. Definitions may say #name# where the value differs from stage to stage.`,
  deleteEffect: 'Calls of APIs that are published there and need it are refused from then on.',
}

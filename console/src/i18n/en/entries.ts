export const entries = {
  title: 'Entries',
  search: 'Search entries',
  add: 'Add entries',
  count: (count: number) => `${count.toLocaleString('en')} entries`,
  removeTitle: (what: string) => `Remove ${what}?`,
  removed: 'Removed',
}

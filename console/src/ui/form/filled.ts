// What a form holds without what was left empty, as the interface wants it: an absent member, not an empty one.
export function filled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(filled) as T
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null && member !== '')
  return Object.fromEntries(members.map(([key, member]) => [key, filled(member)])) as T
}

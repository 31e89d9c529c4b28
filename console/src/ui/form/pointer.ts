// From the JSON pointer of a complaint (RFC 6901) to the field of the form that it is about.
export type Name = (string | number)[]

export function path(pointer: string): Name {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => {
    const text = part.replaceAll('~1', '/').replaceAll('~0', '~')
    return /^\d+$/.test(text) ? Number(text) : text
  })
}

/** The field that is the pointer's, or the nearest one above it; undefined: there is none. */
export function place(pointer: string, fields: readonly Name[]): Name | undefined {
  const wanted = path(pointer)
  const above = fields.filter((field) => field.every((part, index) => part === wanted[index]))
  return above.toSorted((a, b) => b.length - a.length)[0]
}

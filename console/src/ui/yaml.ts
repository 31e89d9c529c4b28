// Values as YAML, for `paifang apply`. Every text that could be read as something else is quoted as JSON, which YAML reads.
type Value = unknown

export function yaml(document: Record<string, Value>): string {
  return `${fields(document, '')}\n`
}

function fields(object: Record<string, Value>, indent: string): string {
  const lines = Object.entries(object).filter(([, value]) => value !== undefined)
  return lines.map(([key, value]) => `${indent}${text(key)}:${after(value, indent)}`).join('\n')
}

function after(value: Value, indent: string): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : `\n${items(value, `${indent}  `)}`
  if (isObject(value)) return Object.keys(value).length === 0 ? ' {}' : `\n${fields(value, `${indent}  `)}`
  return ` ${scalar(value)}`
}

function items(list: readonly Value[], indent: string): string {
  const deeper = `${indent}  `
  const lines = list.map((value) => {
    if (isObject(value) && Object.keys(value).length > 0) return `${indent}- ${fields(value, deeper).slice(deeper.length)}`
    if (Array.isArray(value) && value.length > 0) return `${indent}-\n${items(value, deeper)}`
    return `${indent}- ${after(value, indent).trimStart()}`
  })
  return lines.join('\n')
}

function scalar(value: Value): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value)
}

const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./{}-]*$/
const WORDS = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])

function text(value: string): string {
  return PLAIN.test(value) && !WORDS.has(value.toLowerCase()) && !value.includes('{') ? value : JSON.stringify(value)
}

function isObject(value: Value): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

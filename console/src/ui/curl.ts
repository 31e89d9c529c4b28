// A call as a line for the shell.
export interface Call {
  readonly method: string
  readonly url: string
  readonly headers?: readonly { readonly name: string; readonly value: string }[]
  readonly body?: string
}

export function curl({ method, url, headers = [], body }: Call): string {
  const words = ['curl', '-i']
  if (method !== 'GET') words.push('-X', method)
  for (const { name, value } of headers) words.push('-H', quote(`${name}: ${value}`))
  if (body !== undefined && body !== '') words.push('--data-raw', quote(body))
  words.push(quote(url))
  return words.join(' ')
}

/** Between single quotes a shell takes everything as it is, but for the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

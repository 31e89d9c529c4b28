// A management call as a line for the shell. The command signs it with the access key that it finds.
export function managementLine(method: string, path: string, body?: unknown): string {
  const words = ['paifang sign --management --curl', '-X', method]
  if (body !== undefined) words.push('-H', quote('Content-Type: application/json'), '-d', quote(JSON.stringify(body)))
  words.push(quote(`${location.origin}${path}`))
  return `eval "$(${words.join(' ')})"`
}

/** Between single quotes a shell takes everything as it is, but for the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

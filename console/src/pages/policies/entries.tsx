// Several short texts, one in a line. A list may be long: it scrolls, by keyboard as well.
interface Props {
  readonly label: string
  readonly all: readonly string[]
}

export function Entries({ label, all }: Props) {
  return <pre tabIndex={0} role="group" aria-label={label} style={{ margin: 0, maxHeight: 240, overflow: 'auto' }}>{all.join('\n')}</pre>
}

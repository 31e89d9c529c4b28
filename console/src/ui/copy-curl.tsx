// The call of native REST that a page shows the answer of, as a line for the shell.
import { useText } from '../i18n/text'
import { CopyButton } from './copy'
import { managementLine } from './management-line'

interface Props {
  readonly path: string
  /** What narrows a list, named as in the interface. */
  readonly query?: Readonly<Record<string, string | number | undefined>>
}

export function CopyCurl({ path, query = {} }: Props) {
  const t = useText()
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return <CopyButton label={t.common.copyCurl} text={() => managementLine('GET', search === '' ? path : `${path}?${search}`)} />
}

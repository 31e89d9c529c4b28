// Copies the selected rows of a list as documents of `paifang apply`.
import { useText } from '../i18n/text'
import { CopyButton } from './copy'
import { yaml } from './yaml'

type Document = Record<string, unknown>

interface Props<Row> {
  readonly rows: readonly Row[]
  readonly document: (row: Row) => Document | Promise<Document>
  /** Why these have no documents. */
  readonly why?: string | undefined
}

export function CopyMany<Row>({ rows, document, why }: Props<Row>) {
  const t = useText()
  return <CopyButton label={t.common.copyYaml} why={rows.length === 0 ? t.common.selectFirst : why} text={async () => (await Promise.all(rows.map(document))).map(yaml).join('---\n')} />
}

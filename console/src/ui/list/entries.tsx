// The entries of one object, thousands maybe: all of them were read with it, so they are searched and paged here.
import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { DeleteButton } from '../delete-button'
import { Section } from '../section'
import { useActionsColumn } from './columns'
import { List } from './list'
import type { ListSearch } from './search'

interface Props<Row> {
  readonly rows: readonly Row[]
  readonly search: ListSearch
  /** What tells a row from all others. */
  readonly rowKey: (row: Row) => string
  /** How a row is called. */
  readonly name: (row: Row) => string
  /** What of a row is searched. */
  readonly text: (row: Row) => string
  readonly columns: TableColumnsType<Row>
  readonly actions: ReactNode
  readonly remove: (rows: readonly Row[]) => Promise<unknown>
  /** Why these cannot be removed. */
  readonly whyNot?: (rows: readonly Row[]) => string | undefined
  readonly effect: string
  readonly touches: readonly (readonly unknown[])[]
  readonly empty: string
}

/** So many are called by their names in a question; of more, it is said how many. */
const NAMED_AT_MOST = 5

export function Entries<Row extends object>(props: Props<Row>) {
  const { rows, search, rowKey, name, text, columns, actions, remove, whyNot, effect, touches, empty } = props
  const t = useText()
  const wanted = search.search?.toLowerCase() ?? ''
  const found = wanted === '' ? rows : rows.filter((row) => text(row).toLowerCase().includes(wanted))
  const question = (these: readonly Row[]) => (these.length > NAMED_AT_MOST ? t.entries.count(these.length) : these.map(name).join(', '))
  const removal = (these: readonly Row[]) => ({
    label: t.common.remove,
    name: question(these),
    title: t.entries.removeTitle(question(these)),
    done: t.entries.removed,
    effect,
    touches,
    run: () => remove(these),
    why: these.length === 0 ? t.common.selectFirst : whyNot?.(these),
  })
  const each = useActionsColumn<Row>((row) => <DeleteButton size="small" {...removal([row])} />)
  return (
    <Section title={t.entries.title} actions={actions}>
      <List<Row>
        label={t.entries.title}
        page={{ items: found, next: null, total: found.length }}
        search={search as ListSearch & Record<string, unknown>}
        searchable={t.entries.search}
        rowKey={rowKey}
        bulk={(chosen, clear) => <DeleteButton {...removal(chosen)} then={clear} />}
        columns={[...columns, each]}
        empty={empty}
      />
    </Section>
  )
}

// Columns that many lists have.
import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { useTime } from '../time'
import { type NamedSearch, NEWEST_FIRST } from './search'

type Column<Row> = TableColumnsType<Row>[number]

/** When a row was made, by which the list is sorted. */
export function useCreatedColumn<Row extends { readonly created_at: number }>(search: NamedSearch): Column<Row> {
  const t = useText()
  const time = useTime()
  return {
    ...sorted('created', t.common.created, search),
    width: 210,
    render: (_, row) => time(row.created_at),
  }
}

/** What makes a column one of names, by which the list can be sorted. */
export function byName(search: NamedSearch, title: string) {
  return sorted('name', title, search)
}

/** From one direction to the other and back: a list is always sorted by something. Times begin with the newest. */
function sorted(key: 'created' | 'name', title: string, { sort = NEWEST_FIRST }: NamedSearch) {
  const [first, second] = key === 'created' ? (['descend', 'ascend'] as const) : (['ascend', 'descend'] as const)
  const sortOrder = sort === key ? 'ascend' : sort === `-${key}` ? 'descend' : null
  // A heading that is a text is labelled with it once more, and found where a field of that name is looked for.
  return { key, title: <>{title}</>, sorter: true, sortDirections: [first, second, first], sortOrder } satisfies Column<object>
}

export function useActionsColumn<Row>(actions: (row: Row) => ReactNode): Column<Row> {
  const t = useText()
  return { key: 'actions', title: <span style={{ whiteSpace: 'nowrap' }}>{t.common.actions}</span>, fixed: 'right', width: 1, render: (_, row) => actions(row) }
}

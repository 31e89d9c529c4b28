// Columns that many lists have.
import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { useTime } from '../time'
import type { ListSearch } from './search'

type Column<Row> = TableColumnsType<Row>[number]

/** When a row was made, by which the list is sorted. */
export function useCreatedColumn<Row extends { readonly created_at: number }>({ sort }: ListSearch): Column<Row> {
  const t = useText()
  const time = useTime()
  return {
    key: 'created',
    title: t.common.created,
    width: 210,
    sorter: true,
    sortDirections: ['descend', 'ascend', 'descend'],
    sortOrder: sort === 'created' ? 'ascend' : 'descend',
    render: (_, row) => time(row.created_at),
  }
}

export function useActionsColumn<Row>(actions: (row: Row) => ReactNode): Column<Row> {
  const t = useText()
  return { key: 'actions', title: <span style={{ whiteSpace: 'nowrap' }}>{t.common.actions}</span>, fixed: 'right', width: 1, render: (_, row) => actions(row) }
}

// Every list: filters, bulk actions, a table, its pages. All state that can be shared is the URL's.
import { Flex, Table, type TableColumnsType, type TableProps } from 'antd'
import { type Key, type ReactNode, useState } from 'react'
import { type Page, readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { BulkBar } from './bulk'
import { ListEmpty } from './empty'
import { type Filter, Filters } from './filters'
import { HeaderOnly } from './header-only'
import { type CursorSearch, type NamedSearch, NEWEST_FIRST, SIZES, shownSize } from './search'
import { CursorPager } from './pager'
import { Unreadables } from './unreadables'
import { type Patch, useSearchPatch } from './use-search'

interface Props<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string
  readonly page: Page<Row>
  readonly search: NamedSearch & CursorSearch & Patch
  readonly columns: TableColumnsType<Row>
  readonly rowKey: (row: Row) => string
  readonly filters?: readonly Filter[]
  /** Whether the list is searched by name; a text: what is searched. */
  readonly searchable?: string | undefined
  /** How one pages: by number, or from cursor to cursor where the interface does not count. */
  readonly paging?: 'pages' | 'cursor'
  /** What can be done with the rows that are selected. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** What stands there when there is nothing, and no filter is the reason. */
  readonly empty: ReactNode
  readonly expandable?: TableProps<Row>['expandable']
}

export function List<Row extends object>(props: Props<Row>) {
  const { page, search, columns, rowKey, filters = [], searchable, paging = 'pages', bulk, empty, label, expandable } = props
  const t = useText()
  const patch = useSearchPatch()
  const [selected, setSelected] = useState<readonly Key[]>([])
  const rows = readable(page)
  const chosen = rows.filter((row) => selected.includes(rowKey(row)))
  const clear = () => setSelected([])
  return (
    <Flex vertical gap={12}>
      {(searchable || filters.length > 0) && <Filters filters={filters} searchable={searchable} search={search} />}
      {bulk && <BulkBar count={chosen.length} clear={clear}>{bulk(chosen, clear)}</BulkBar>}
      <Unreadables page={page} />
      <section aria-label={label}>
        <Table<Row>
          size="middle"
          dataSource={rows}
          columns={columns}
          rowKey={rowKey}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <ListEmpty search={search} filters={filters}>{empty}</ListEmpty> }}
          onChange={(pagination, _filters, sorter, { action }) => {
            if (action === 'sort') patch({ sort: order(sorter) })
            if (action === 'paginate') patch({ page: pagination.current === 1 ? undefined : pagination.current, size: pagination.pageSize })
          }}
          pagination={
            paging === 'pages' && {
              current: search.page ?? 1,
              pageSize: shownSize(search),
              total: page.total ?? rows.length,
              pageSizeOptions: SIZES,
              showSizeChanger: true,
              showTotal: t.common.total,
            }
          }
          {...(bulk && { rowSelection: { selectedRowKeys: [...selected], onChange: setSelected, columnTitle: (box: ReactNode) => <HeaderOnly>{box}</HeaderOnly> } })}
          {...(expandable && { expandable })}
        />
      </section>
      {paging === 'cursor' && <CursorPager next={page.next} search={search} />}
    </Flex>
  )
}

type Sorter<Row> = Parameters<NonNullable<TableProps<Row>['onChange']>>[2]

/** The newest come first unless the URL says otherwise. */
function order<Row>(sorter: Sorter<Row>): string | undefined {
  const first = Array.isArray(sorter) ? sorter[0] : sorter
  const sort = `${first?.order === 'descend' ? '-' : ''}${first?.columnKey}`
  return sort === NEWEST_FIRST ? undefined : sort
}

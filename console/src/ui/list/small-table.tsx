// All of a few things that belong to one object. What is many is a `List`.
import { Empty, Table, type TableColumnsType } from 'antd'
import { type Page, readable } from '../../api/page'
import { Unreadables } from './unreadables'

interface Props<Row> {
  readonly page: Page<Row>
  readonly columns: TableColumnsType<Row>
  readonly rowKey: (row: Row) => string
  readonly empty: string
}

export function SmallTable<Row extends object>({ page, columns, rowKey, empty }: Props<Row>) {
  return (
    <>
      <Unreadables page={page} />
      <Table<Row>
        size="small"
        dataSource={readable(page)}
        columns={columns}
        rowKey={rowKey}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      />
    </>
  )
}

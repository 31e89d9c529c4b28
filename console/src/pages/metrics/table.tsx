// The same figures as the charts, to be read; times without calls are left out.
import { Empty, Table, type TableColumnsType, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { useTime } from '../../ui/time'
import { useFormats } from './formats'
import type { Metrics } from './queries'

type Point = Metrics['points'][number]

export function MetricsTable({ metrics }: { readonly metrics: Metrics }) {
  const t = useText().metrics
  const time = useTime()
  const { count, bytes, ms } = useFormats(metrics)
  const counts = (['requests', 'status_2xx', 'status_4xx', 'status_5xx', 'refused', 'failed'] as const).map((key) => column(key, t[key], (point) => count(point[key])))
  const columns: TableColumnsType<Point> = [
    { key: 'at', title: t.time, render: (_, { at }) => time(at) },
    ...counts,
    column('average', t.average, ({ average_ms }) => ms(average_ms)),
    column('maximum', t.maximum, ({ maximum_ms }) => ms(maximum_ms)),
    column('backend', t.backendAverage, ({ backend_average_ms }) => ms(backend_average_ms)),
    column('in', t.bytesIn, ({ bytes_in }) => bytes(bytes_in)),
    column('out', t.bytesOut, ({ bytes_out }) => bytes(bytes_out)),
  ]
  return (
    <>
      <Typography.Text type="secondary">{t.tableNote}</Typography.Text>
      {/* Nothing in it can be reached by keyboard, so the place that scrolls can. */}
      <div role="region" aria-label={t.title} tabIndex={0} style={{ overflowX: 'auto', whiteSpace: 'nowrap' }}>
        <Table<Point>
          size="small"
          dataSource={metrics.points.filter(({ requests }) => requests > 0).reverse()}
          columns={columns}
          rowKey={({ at }) => at}
          pagination={false}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.empty} /> }}
        />
      </div>
    </>
  )
}

function column(key: string, title: string, shown: (point: Point) => string): TableColumnsType<Point>[number] {
  return { key, title, align: 'right', render: (_, point) => shown(point) }
}

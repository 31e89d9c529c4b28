// Four charts: how many calls, what went wrong, how long they took, how much they carried.
import { theme } from 'antd'
import { useText } from '../../i18n/text'
import { type Line, TimeChart } from '../../ui/chart/time-chart'
import { useFormats } from './formats'
import type { Metrics } from './queries'

export function MetricsCharts({ metrics }: { readonly metrics: Metrics }) {
  const t = useText().metrics
  const { token } = theme.useToken()
  const { count, bytes, ms, axisTime } = useFormats(metrics)
  const { points, sum } = metrics
  const times = points.map(({ at }) => at)
  const of = (key: keyof Omit<Metrics['points'][number], 'at'>) => points.map((point) => point[key] ?? null)
  const common = { times, formatTime: axisTime }
  const requests: Line[] = [{ label: t.requests, values: of('requests'), color: token.colorPrimary, whole: count(sum.requests) }]
  const errors: Line[] = [
    { label: t.status_4xx, values: of('status_4xx'), color: token.gold7, whole: count(sum.status_4xx) },
    { label: t.status_5xx, values: of('status_5xx'), color: token.colorError, whole: count(sum.status_5xx) },
    { label: t.refused, values: of('refused'), color: token.purple7, dash: '6 3', whole: count(sum.refused) },
    { label: t.failed, values: of('failed'), color: token.magenta7, dash: '2 3', whole: count(sum.failed) },
  ]
  const latency: Line[] = [
    { label: t.lines.average, values: of('average_ms'), color: token.colorPrimary, whole: ms(sum.average_ms) },
    { label: t.lines.maximum, values: of('maximum_ms'), color: token.gold7, dash: '6 3', whole: ms(sum.maximum_ms) },
    { label: t.lines.backend, values: of('backend_average_ms'), color: token.green7, dash: '2 3', whole: ms(sum.backend_average_ms) },
  ]
  const traffic: Line[] = [
    { label: t.bytesIn, values: of('bytes_in'), color: token.green7, whole: bytes(sum.bytes_in) },
    { label: t.bytesOut, values: of('bytes_out'), color: token.colorPrimary, dash: '6 3', whole: bytes(sum.bytes_out) },
  ]
  const charts = [
    { title: t.requests, lines: requests, format: count, whole: true },
    { title: t.errors, lines: errors, format: count, whole: true },
    { title: t.latency, lines: latency, format: ms, whole: false },
    { title: t.traffic, lines: traffic, format: bytes, whole: true },
  ]
  return (
    <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(420px, 1fr))' }}>
      {charts.map(({ title, lines, ...chart }) => (
        <TimeChart key={title} title={title} summary={`${title}: ${lines.map(({ label, whole }) => `${label} ${whole}`).join(', ')}`} lines={lines} {...chart} {...common} />
      ))}
    </div>
  )
}

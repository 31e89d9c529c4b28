// The figures of the whole time.
import { Flex, theme } from 'antd'
import { useText } from '../../i18n/text'
import { useFormats } from './formats'
import type { Metrics } from './queries'

export function Totals({ metrics }: { readonly metrics: Metrics }) {
  const t = useText().metrics
  const { token } = theme.useToken()
  const { count, bytes, ms, percent } = useFormats(metrics)
  const { sum } = metrics
  const totals = [
    { label: t.requests, value: count(sum.requests) },
    { label: t.errorRate, value: percent(sum.status_4xx + sum.status_5xx, sum.requests) },
    { label: t.average, value: ms(sum.average_ms) },
    { label: t.maximum, value: ms(sum.maximum_ms) },
    { label: t.bytesIn, value: bytes(sum.bytes_in) },
    { label: t.bytesOut, value: bytes(sum.bytes_out) },
  ]
  return (
    <Flex component="dl" gap={32} wrap style={{ margin: 0 }}>
      {totals.map(({ label, value }) => (
        <div key={label}>
          <dt style={{ fontSize: 12, color: token.colorTextSecondary }}>{label}</dt>
          <dd style={{ margin: 0, fontSize: 20, minWidth: 72, color: token.colorText }}>{value}</dd>
        </div>
      ))}
    </Flex>
  )
}

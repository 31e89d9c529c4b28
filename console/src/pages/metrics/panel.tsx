// Figures of calls over time: chosen by range, as charts or as a table. What is shown stays while it is read again.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Alert, Flex, Radio } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { CopyCurl } from '../../ui/copy-curl'
import { FailureView } from '../../ui/failure-view'
import { useSearchPatch } from '../../ui/list/use-search'
import { MetricsCharts } from './charts'
import { type Metered, type MetricsSearch, metricsQuery, ranges, views } from './queries'
import { MetricsTable } from './table'
import { Totals } from './totals'

interface Props {
  readonly of: Metered
  readonly search: MetricsSearch
  readonly filters?: ReactNode
}

export function MetricsPanel({ of, search, filters }: Props) {
  const t = useText()
  const patch = useSearchPatch()
  const query = metricsQuery(of, search)
  const { data: metrics } = useSuspenseQuery(query)
  const { error, refetch } = useQuery(query)
  const { range = '1h', view = 'charts' } = search
  const { since, until, step } = metrics
  return (
    <Flex vertical gap={16}>
      <Flex gap={16} justify="space-between" wrap role="search">
        <Flex gap={8} wrap>
          <Radio.Group aria-label={t.metrics.range} optionType="button" value={range} onChange={({ target }) => patch({ range: target.value === '1h' ? undefined : target.value })}
            options={ranges.map((value) => ({ value, label: t.metrics.ranges[value] }))} />
          {filters}
        </Flex>
        <Flex gap={8} wrap>
          <Radio.Group aria-label={t.metrics.view} optionType="button" value={view} onChange={({ target }) => patch({ view: target.value === 'charts' ? undefined : target.value })}
            options={views.map((value) => ({ value, label: t.metrics.views[value] }))} />
          <CopyCurl path="/api/v1/metrics" query={{ ...of, since, until, step }} />
        </Flex>
      </Flex>
      {error !== null && <FailureView error={error} retry={() => void refetch()} />}
      {metrics.others > 0 && <Alert type="warning" showIcon title={t.metrics.others(metrics.others)} />}
      <Totals metrics={metrics} />
      {view === 'table' ? <MetricsTable metrics={metrics} /> : <MetricsCharts metrics={metrics} />}
    </Flex>
  )
}

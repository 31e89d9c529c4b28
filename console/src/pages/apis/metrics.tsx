// What is called of one API, how it goes and how long it takes.
import { getRouteApi } from '@tanstack/react-router'
import { Select } from 'antd'
import { useText } from '../../i18n/text'
import { present } from '../../ui/list/search'
import { useSearchPatch } from '../../ui/list/use-search'
import { MetricsPanel } from '../metrics/panel'
import { ApiPage } from './api-page'
import { useApi } from './use-api'

const route = getRouteApi('/known/apis/$api/metrics')

export function ApiMetrics() {
  const t = useText()
  const patch = useSearchPatch()
  const search = route.useSearch()
  const { api } = route.useParams()
  const about = useApi(api)
  const stages = about.stages.map(({ id, name }) => ({ value: id, label: name }))
  const stage = (
    <Select
      aria-label={t.terms[about.group.dialect].stage}
      style={{ minWidth: 160 }}
      value={search.stage ?? ''}
      onChange={(next) => patch({ stage: next || undefined })}
      options={[{ value: '', label: t.metrics.allStages }, ...stages]}
    />
  )
  return (
    <ApiPage about={about} tab="metrics">
      <MetricsPanel of={present({ api, stage: search.stage })} search={search} filters={stage} />
    </ApiPage>
  )
}

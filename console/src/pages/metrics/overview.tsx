import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { Pick } from '../../ui/pick/pick'
import { findApps, findGroups } from '../grants/find'
import { appQuery } from '../apps/queries'
import { groupQuery } from '../groups/queries'
import { MetricsPanel } from './panel'
import { type MetricsSearch, metered } from './queries'

const route = getRouteApi('/known/metrics')

export function MetricsOverview() {
  const t = useText()
  const search = route.useSearch()
  return (
    <Page title={t.metrics.title}>
      <MetricsPanel of={metered(search)} search={search} filters={<Filters search={search} />} />
    </Page>
  )
}

/** Calls to a group or of an app: they are not counted by both. */
function Filters({ search: { group, app } }: { readonly search: MetricsSearch }) {
  const t = useText()
  const patch = useSearchPatch()
  const { data: chosenGroup } = useQuery({ ...groupQuery(group ?? ''), enabled: group !== undefined })
  const { data: chosenApp } = useQuery({ ...appQuery(app ?? ''), enabled: app !== undefined })
  const known = (chosen: { readonly id: string; readonly name: string } | undefined) => (chosen ? [{ value: chosen.id, label: chosen.name }] : [])
  return (
    <Flex gap={8} wrap>
      <Pick label={t.groups.one} known={known(chosenGroup)} value={group} onChange={(next) => patch({ group: next, app: undefined })} find={findGroups} />
      <Pick label={t.apps.one} known={known(chosenApp)} value={app} onChange={(next) => patch({ app: next, group: undefined })} find={findApps} />
    </Flex>
  )
}

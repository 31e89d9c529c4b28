import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Badge, Flex } from 'antd'
import { useText } from '../../../i18n/text'
import { Act } from '../../../ui/act'
import { useActionsColumn, useCreatedColumn } from '../../../ui/list/columns'
import { List } from '../../../ui/list/list'
import { useSearchPatch } from '../../../ui/list/use-search'
import { ApiPage } from '../api-page'
import { type Version, versionsQuery } from '../deployments'
import { useApi } from '../use-api'
import { Comparison } from './comparison'
import { RestoreButton } from './restore-button'
import { SwitchButton } from './switch-button'

const route = getRouteApi('/known/apis/$api/history')

export function ApiHistory() {
  const t = useText()
  const words = t.apis.history
  const patch = useSearchPatch()
  const search = route.useSearch()
  const about = useApi(route.useParams().api)
  const { api, stageName } = about
  const { data: page } = useSuspenseQuery(versionsQuery(api.id, search))
  const created = useCreatedColumn<Version>(search)
  const compare = (from: number, to: string) => patch({ from: String(from), to, page: search.page })
  const actions = useActionsColumn<Version>((version) => (
    <Flex gap={8}>
      <Act size="small" onClick={() => compare(version.number, 'draft')}>{words.compareWith}</Act>
      <SwitchButton about={about} version={version} />
      <RestoreButton api={api} version={version} />
    </Flex>
  ))
  const bulk = (rows: readonly Version[]) => {
    const [older, newer] = rows.map(({ number }) => number).toSorted((a, b) => a - b)
    return <Act why={rows.length === 2 ? undefined : words.two} onClick={() => compare(older ?? 0, String(newer))}>{words.compare}</Act>
  }
  return (
    <ApiPage about={about} tab="history">
      <List<Version>
        label={t.apis.tabs.history}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        rowKey={({ id }) => id}
        columns={[
          { key: 'number', title: words.number, dataIndex: 'number' },
          { key: 'stage', title: words.madeFor, render: (_, { stage }) => stageName(stage) },
          { key: 'serves', title: words.serves, render: (_, { serves }) => serves.map((stage) => <Badge key={stage} status="success" text={stageName(stage)} style={{ marginInlineEnd: 12 }} />) },
          { key: 'remark', title: words.remark, dataIndex: 'remark', ellipsis: true },
          created,
          actions,
        ]}
        bulk={bulk}
        empty={words.empty}
      />
      {search.from && search.to && <Comparison api={api.id} from={search.from} to={search.to} close={() => patch({ from: undefined, to: undefined, page: search.page })} />}
    </ApiPage>
  )
}

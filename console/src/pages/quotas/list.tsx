import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Flex, Progress, Typography } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { CopyCurl } from '../../ui/copy-curl'
import { useActionsColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { Pick } from '../../ui/pick/pick'
import { useSearchPatch } from '../../ui/list/use-search'
import { findApps, findGroups } from '../grants/find'
import { Back, Change } from './change'
import { dialects, type Quota, quotasQuery, sources } from './queries'
import { SourceText } from './source'
import { useQuotaWords } from './words'

const route = getRouteApi('/known/quotas')

export function QuotaList() {
  const t = useText()
  const words = useQuotaWords()
  const search = route.useSearch()
  const patch = useSearchPatch()
  const { data: all } = useSuspenseQuery(quotasQuery(search))
  const wanted = search.search?.toLowerCase() ?? ''
  const matches = (quota: Quota) =>
    (search.source === undefined || quota.source.kind === search.source) && `${quota.name} ${words.what(quota)}`.toLowerCase().includes(wanted)
  const rows = readable<Quota>(all).filter(matches)
  const actions = useActionsColumn<Quota>((quota) => (
    <Flex gap={8}>
      <Change quota={quota} />
      <Back quota={quota} />
    </Flex>
  ))
  return (
    <Page title={t.quotas.title} actions={<CopyCurl path="/api/v1/quotas" query={{ dialect: search.dialect, group: search.group, app: search.app }} />}>
      <Flex gap={8} wrap>
        <Pick label={t.quotas.withinGroup} value={search.group} onChange={(group) => patch({ group })} find={findGroups} />
        <Pick label={t.quotas.withinApp} value={search.app} onChange={(app) => patch({ app })} find={findApps} />
      </Flex>
      <List<Quota>
        label={t.quotas.title}
        page={{ items: rows, next: null, total: rows.length }}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[
          { key: 'dialect', label: t.terms.dialect, options: dialects.map((value) => ({ value, label: t.terms[value].dialect })) },
          { key: 'source', label: t.quotas.source, options: sources.map((value) => ({ value, label: t.quotas.sources[value] })) },
        ]}
        rowKey={({ name }) => name}
        columns={[
          { key: 'what', title: t.quotas.what, render: (_, quota) => <Flex vertical><span>{words.what(quota)}</span><Typography.Text type="secondary" style={{ fontSize: 12 }}>{words.of(quota)} · {quota.name}</Typography.Text></Flex> },
          { key: 'value', title: t.quotas.value, align: 'right', render: (_, quota) => words.number(quota, quota.value) },
          { key: 'use', title: t.quotas.use, width: 180, render: (_, quota) => <Use quota={quota} /> },
          { key: 'source', title: t.quotas.source, render: (_, { source }) => <SourceText source={source} /> },
          actions,
        ]}
        empty={t.quotas.empty}
      />
    </Page>
  )
}

function Use({ quota }: { readonly quota: Quota }) {
  const words = useQuotaWords()
  const { use, value } = quota
  if (use === undefined || use === null) return null
  const isLimited = typeof value === 'number' && value > 0
  return (
    <Flex gap={8} align="center">
      <span>{words.number(quota, use)}</span>
      {isLimited && <Progress size="small" showInfo={false} percent={Math.min(100, (use / value) * 100)} status={use >= value ? 'exception' : 'normal'} aria-label={words.what(quota)} style={{ width: 80 }} />}
    </Flex>
  )
}

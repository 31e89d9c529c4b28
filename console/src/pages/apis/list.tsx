import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useText } from '../../i18n/text'
import { useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { type Api, apisQuery } from './queries'

const route = getRouteApi('/known/apis')

export function ApiList() {
  const t = useText()
  const search = route.useSearch()
  const { data: page } = useSuspenseQuery(apisQuery(search))
  const created = useCreatedColumn<Api>(search)
  return (
    <Page title={t.apis.title}>
      <List<Api>
        label={t.apis.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={(api) => api.id}
        columns={[
          { key: 'name', title: t.common.name, render: (_, { definition }) => definition.name },
          { key: 'method', title: t.apis.method, render: (_, { definition }) => <Tag>{definition.request.method}</Tag> },
          { key: 'path', title: t.apis.path, render: (_, { definition }) => definition.request.path },
          { key: 'auth', title: t.apis.auth, render: (_, { definition }) => t.apis.auths[definition.auth.kind] },
          { key: 'backend', title: t.apis.backend, render: (_, { definition }) => t.apis.backends[definition.backend.kind] },
          created,
        ]}
        empty={t.apis.empty}
      />
    </Page>
  )
}

// The APIs whose draft uses the service, wherever they are published.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { byName, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { type BackendService, type DraftRow, draftsQuery } from './queries'

const route = getRouteApi('/known/backend-services/$service')

export function Drafts({ service }: { readonly service: BackendService }) {
  const t = useText()
  const { tab: _tab, task: _task, ...search } = route.useSearch()
  const { data: page } = useSuspenseQuery(draftsQuery(useQueryClient(), service.id, search))
  const created = useCreatedColumn<DraftRow>(search)
  return (
    <List<DraftRow>
      label={t.backendServices.drafts}
      page={page}
      search={search as typeof search & Record<string, unknown>}
      rowKey={({ id }) => id}
      columns={[
        { key: 'group', title: t.apis.group, render: (_, { group, groupName }) => <Link {...paths.group(group)}>{groupName}</Link> },
        { ...byName(search, t.apis.one), render: (_, { id, definition }) => <Link {...paths.api(id)}>{definition.name}</Link> },
        { key: 'method', title: t.apis.method, render: (_, { definition }) => <Tag>{definition.request.method}</Tag> },
        { key: 'path', title: t.apis.path, render: (_, { definition }) => <code>{definition.request.path}</code> },
        created,
      ]}
      empty={t.backendServices.draftsEmpty}
    />
  )
}

import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { groupChoicesQuery } from './around'
import { BulkActions } from './bulk/bulk-actions'
import { type Api, apisQuery } from './queries'
import { RowActions } from './row-actions'

const route = getRouteApi('/known/apis')

export function ApiList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: page } = useSuspenseQuery(apisQuery(search))
  const { data: groups } = useSuspenseQuery(groupChoicesQuery)
  const created = useCreatedColumn<Api>(search)
  const actions = useActionsColumn<Api>((api) => <RowActions api={api} />)
  const nameOf = (group: string) => groups.find(({ id }) => id === group)?.name ?? group
  const why = readOnly ?? (groups.length === 0 ? t.apis.noGroups : undefined)
  const add = (
    <Act type="primary" icon={<PlusOutlined />} why={why} onClick={() => void navigate(paths.newApi(search.group ? { group: search.group } : {}))}>{t.apis.create}</Act>
  )
  return (
    <Page title={t.apis.title} actions={<><CopyCurl path="/api/v1/apis" query={{ search: search.search, group: search.group, path: search.path }} />{add}</>}>
      <List<Api>
        label={t.apis.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'group', label: t.apis.group, options: groups.map(({ id, name }) => ({ value: id, label: name })) }]}
        rowKey={(api) => api.id}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, definition }) => <Link {...paths.api(id)}>{definition.name}</Link> },
          { key: 'group', title: t.apis.group, render: (_, { group }) => <Link {...paths.group(group)}>{nameOf(group)}</Link> },
          { key: 'method', title: t.apis.method, render: (_, { definition }) => <Tag>{definition.request.method}</Tag> },
          { key: 'path', title: t.apis.path, render: (_, { definition }) => <code>{definition.request.path}</code> },
          { key: 'auth', title: t.apis.auth, render: (_, { definition }) => t.apis.auths[definition.auth.kind] },
          { key: 'backend', title: t.apis.backend, render: (_, { definition }) => t.apis.backends[definition.backend.kind] },
          created,
          actions,
        ]}
        bulk={(apis, clear) => <BulkActions apis={apis} groups={groups} clear={clear} />}
        empty={t.apis.empty}
      />
    </Page>
  )
}

import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { appDocument } from './document'
import { type AppRow, appsKey, appsQuery, deleteApp } from './queries'
import { AppState } from './state'

const route = getRouteApi('/known/apps')

export function AppList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(appsQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<AppRow>(search)
  const actions = useActionsColumn<AppRow>((app) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.newGrants({ apps: app.id }))}>{t.grants.create}</Act>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editApp(app.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={app.name} effect={t.apps.deleteEffect} run={() => deleteApp(app)} touches={[appsKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly AppRow[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={(app) => appDocument(app, app.quotaName)} />
      <Act why={rows.length === 0 ? t.common.selectFirst : readOnly} onClick={() => void navigate(paths.newGrants({ apps: rows.map(({ id }) => id).join(',') }))}>{t.grants.create}</Act>
      <DeleteMany rows={rows} name={({ name }) => name} effect={t.apps.deleteEffect} run={deleteApp} touches={[appsKey]} clear={clear} />
    </>
  )
  return (
    <Page title={t.apps.title} actions={<><CopyCurl path="/api/v1/apps" query={{ search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newApp())}>{t.apps.create}</Act></>}>
      <List<AppRow>
        label={t.apps.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={(app) => app.id}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.app(id)}>{name}</Link> },
          { key: 'number', title: t.apps.number, dataIndex: 'number' },
          { key: 'state', title: t.common.status, render: (_, app) => <AppState app={app} /> },
          { key: 'quota', title: t.appQuotas.ofApp, render: (_, { quota, quotaName }) => quota && <Link {...paths.appQuota(quota.id)}>{quotaName}</Link> },
          { key: 'description', title: t.common.description, ellipsis: true, dataIndex: 'description' },
          created,
          actions,
        ]}
        bulk={bulk}
        empty={t.apps.empty}
      />
    </Page>
  )
}

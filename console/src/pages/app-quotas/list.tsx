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
import { useTime } from '../../ui/time'
import { rate } from './period'
import { type AppQuota, appQuotaDocument, appQuotasKey, appQuotasQuery, deleteAppQuota } from './queries'

const route = getRouteApi('/known/app-quotas')

export function AppQuotaList() {
  const t = useText()
  const time = useTime()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(appQuotasQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<AppQuota>(search)
  const actions = useActionsColumn<AppQuota>((quota) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editAppQuota(quota.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={quota.name} effect={t.appQuotas.deleteEffect} run={() => deleteAppQuota(quota)} touches={[appQuotasKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly AppQuota[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={appQuotaDocument} />
      <DeleteMany rows={rows} name={({ name }) => name} effect={t.appQuotas.deleteEffect} run={deleteAppQuota} touches={[appQuotasKey]} clear={clear} />
    </>
  )
  return (
    <Page title={t.appQuotas.title} actions={<><CopyCurl path="/api/v1/app-quotas" query={{ search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newAppQuota())}>{t.appQuotas.create}</Act></>}>
      <List<AppQuota>
        label={t.appQuotas.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.appQuota(id)}>{name}</Link> },
          { key: 'calls', title: t.appQuotas.calls, render: (_, quota) => rate(t, quota) },
          { key: 'first', title: t.appQuotas.firstReset, render: (_, { first_reset }) => (first_reset == null ? t.appQuotas.withFirstCall : time(first_reset)) },
          { key: 'description', title: t.common.description, ellipsis: true, dataIndex: 'description' },
          created,
          actions,
        ]}
        empty={t.appQuotas.empty}
      />
    </Page>
  )
}

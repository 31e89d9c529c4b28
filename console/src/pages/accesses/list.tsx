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
import { type Access, accessDocument, accessesKey, accessesQuery, deleteAccess } from './queries'

const route = getRouteApi('/known/backend-accesses')

export function AccessList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(accessesQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Access>(search)
  const actions = useActionsColumn<Access>((access) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editAccess(access.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={access.name} effect={t.accesses.deleteEffect} run={() => deleteAccess(access)} touches={[accessesKey]} />
    </Flex>
  ))
  const add = <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newAccess())}>{t.accesses.create}</Act>
  return (
    <Page title={t.accesses.title} actions={<><CopyCurl path="/api/v1/backend-accesses" query={{ search: search.search }} />{add}</>}>
      <List<Access>
        label={t.accesses.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={accessDocument} />
            <DeleteMany rows={rows} name={({ name }) => name} run={deleteAccess} touches={[accessesKey]} clear={clear} effect={t.accesses.deleteEffect} />
          </>
        )}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.access(id)}>{name}</Link> },
          { key: 'network', title: t.accesses.network, dataIndex: 'network' },
          { key: 'instance', title: t.accesses.instance, render: (_, { instance, port }) => `${instance}:${port}` },
          { key: 'scheme', title: t.accesses.scheme, render: (_, { scheme }) => (scheme ?? 'http').toUpperCase() },
          created,
          actions,
        ]}
        empty={t.accesses.empty}
      />
    </Page>
  )
}

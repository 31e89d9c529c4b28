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
import { accessListDocument, entriesOf } from './entries'
import { InForce } from './in-force'
import { type AccessList, accessListsKey, accessListsQuery, deleteAccessList, versions } from './queries'

const route = getRouteApi('/known/access-lists')

export function AccessListList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(accessListsQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<AccessList>(search)
  const why = ({ enforced }: AccessList) => (enforced == null ? undefined : t.accessLists.inForce)
  const actions = useActionsColumn<AccessList>((list) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editAccessList(list.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={list.name} effect={t.accessLists.deleteEffect} why={why(list)} run={() => deleteAccessList(list)} touches={[accessListsKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly AccessList[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={accessListDocument} />
      <DeleteMany rows={rows} name={({ name }) => name} effect={t.accessLists.deleteEffect} why={rows.map(why).find((reason) => reason !== undefined)} run={deleteAccessList} touches={[accessListsKey]} clear={clear} />
    </>
  )
  return (
    <Page title={t.accessLists.title} actions={<><CopyCurl path="/api/v1/access-lists" query={{ enforced: search.enforced, search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newAccessList())}>{t.accessLists.create}</Act></>}>
      <List<AccessList>
        label={t.accessLists.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'enforced', label: t.accessLists.filter, options: versions.map((value) => ({ value, label: t.accessLists.versions[value] })) }]}
        rowKey={({ id }) => id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.accessList(id)}>{name}</Link> },
          { key: 'version', title: t.accessLists.version, render: (_, { ip_version }) => t.accessLists.versions[ip_version] },
          { key: 'count', title: t.accessLists.count, align: 'right', render: (_, list) => entriesOf(list).length.toLocaleString('en') },
          { key: 'state', title: t.accessLists.state, render: (_, list) => <InForce list={list} /> },
          created,
          actions,
        ]}
        empty={t.accessLists.empty}
      />
    </Page>
  )
}

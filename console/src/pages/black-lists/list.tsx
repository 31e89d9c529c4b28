import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
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
import { present } from '../../ui/list/search'
import { Page } from '../../ui/page'
import { blackListDocument, entriesOf, kindOf, kinds } from './entries'
import { type BlackList, blackListsKey, blackListsQuery, deleteBlackList, listedNames } from './queries'

const route = getRouteApi('/known/black-lists')

export function BlackListList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: page } = useSuspenseQuery(blackListsQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<BlackList>(search)
  const actions = useActionsColumn<BlackList>((list) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editBlackList(list.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={list.name} effect={t.blackLists.deleteEffect} run={() => deleteBlackList(list)} touches={[blackListsKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly BlackList[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={async (list) => blackListDocument(list, await listedNames(queries, list))} />
      <DeleteMany rows={rows} name={({ name }) => name} effect={t.blackLists.deleteEffect} run={deleteBlackList} touches={[blackListsKey]} clear={clear} />
    </>
  )
  const add = (
    <>
      <CopyCurl path="/api/v1/black-lists" query={{ kind: search.kind, search: search.search }} />
      <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newBlackList(present({ kind: search.kind })))}>{t.blackLists.create}</Act>
    </>
  )
  return (
    <Page title={t.blackLists.title} actions={add}>
      <List<BlackList>
        label={t.blackLists.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'kind', label: t.blackLists.kind, options: kinds.map((value) => ({ value, label: t.blackLists.kinds[value] })) }]}
        rowKey={({ id }) => id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.blackList(id)}>{name}</Link> },
          { key: 'kind', title: t.blackLists.kind, render: (_, { entries }) => t.blackLists.kinds[kindOf(entries)] },
          { key: 'count', title: t.blackLists.count, align: 'right', render: (_, { entries }) => entriesOf(entries).length },
          { key: 'description', title: t.common.description, ellipsis: true, dataIndex: 'description' },
          created,
          actions,
        ]}
        empty={t.blackLists.empty}
      />
    </Page>
  )
}

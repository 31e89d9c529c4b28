import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Tag, Typography } from 'antd'
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
import { groupDocument } from './document'
import { deleteGroup, dialects, type Group, groupsKey, groupsQuery } from './queries'

const route = getRouteApi('/known/groups')

export function GroupList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(groupsQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Group>(search)
  const actions = useActionsColumn<Group>((group) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editGroup(group.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={group.name} effect={t.groups.deleteEffect} run={() => deleteGroup(group)} touches={[groupsKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly Group[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={groupDocument} />
      <DeleteMany rows={rows} name={({ name }) => name} run={deleteGroup} touches={[groupsKey]} clear={clear} effect={t.groups.deleteEffect} />
    </>
  )
  const add = (
    <>
      <CopyCurl path="/api/v1/groups" query={{ search: search.search, dialect: search.dialect }} />
      <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newGroup())}>{t.groups.create}</Act>
    </>
  )
  return (
    <Page title={t.groups.title} actions={add}>
      <List<Group>
        label={t.groups.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'dialect', label: t.terms.dialect, options: dialects.map((value) => ({ value, label: t.terms[value].dialect })) }]}
        rowKey={(group) => group.id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.group(id)}>{name}</Link> },
          { key: 'dialect', title: t.terms.dialect, render: (_, { dialect }) => <Tag>{t.terms[dialect].dialect}</Tag> },
          { key: 'subdomain', title: t.groups.subdomain, render: (_, { subdomain }) => <Typography.Text copyable={{ tooltips: false }}>{subdomain}</Typography.Text> },
          { key: 'description', title: t.common.description, ellipsis: true, dataIndex: 'description' },
          created,
          actions,
        ]}
        empty={t.groups.empty}
      />
    </Page>
  )
}

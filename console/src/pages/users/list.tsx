import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { useCaller } from '../../session/session'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { Enabled } from '../../ui/enabled'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { Enable } from './enable'
import { deleteUser, updateUser, type User, usersKey, usersQuery } from './queries'

const route = getRouteApi('/known/users')

export function UserList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const caller = useCaller()
  const { data: page } = useSuspenseQuery(usersQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<User>(search)
  const yourself = (user: User) => (user.id === caller.user ? t.users.yourself : undefined)
  const actions = useActionsColumn<User>((user) => (
    <Flex gap={8}>
      <Enable size="small" name={user.name} effect={t.users.disableEffect} enabled={user.enabled} set={(enabled) => updateUser(user, { enabled })} why={yourself(user)} />
      <DeleteButton size="small" name={user.name} effect={t.users.deleteEffect} why={yourself(user)} run={() => deleteUser(user)} touches={[usersKey]} />
    </Flex>
  ))
  return (
    <Page title={t.users.title} actions={<><CopyCurl path="/api/v1/users" query={{ search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newUser())}>{t.users.create}</Act></>}>
      <List<User>
        label={t.users.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        columns={[
          {
            ...byName(search, t.common.name),
            render: (_, user) => <Flex gap={8}><Link {...paths.user(user.id)}>{user.name}</Link>{yourself(user) && <Tag>{t.users.you}</Tag>}</Flex>,
          },
          { key: 'role', title: t.users.role, render: (_, { role }) => t.users.roles[role] },
          { key: 'enabled', title: t.common.status, render: (_, { enabled }) => <Enabled enabled={enabled} /> },
          { key: 'password', title: t.users.hasPassword, render: (_, { has_password }) => (has_password ? t.common.yes : t.common.no) },
          created,
          actions,
        ]}
        bulk={(rows, clear) => (
          <DeleteMany rows={rows} name={({ name }) => name} effect={t.users.deleteEffect} run={deleteUser} touches={[usersKey]} clear={clear} why={rows.map(yourself).find((why) => why !== undefined)} />
        )}
        empty={t.users.empty}
      />
    </Page>
  )
}

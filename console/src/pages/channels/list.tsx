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
import { type Channel, channelDocument, channelsKey, channelsQuery, deleteChannel } from './queries'

const route = getRouteApi('/known/channels')

export function ChannelList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(channelsQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Channel>(search)
  const actions = useActionsColumn<Channel>((channel) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editChannel(channel.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={channel.name} effect={t.channels.deleteEffect} run={() => deleteChannel(channel)} touches={[channelsKey]} />
    </Flex>
  ))
  const add = <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newChannel())}>{t.channels.create}</Act>
  return (
    <Page title={t.channels.title} actions={<><CopyCurl path="/api/v1/channels" query={{ search: search.search }} />{add}</>}>
      <List<Channel>
        label={t.channels.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={channelDocument} why={rows.some(({ kind }) => kind === 'load_balancer') ? t.channels.noYaml : undefined} />
            <DeleteMany rows={rows} name={({ name }) => name} run={deleteChannel} touches={[channelsKey]} clear={clear} effect={t.channels.deleteEffect} />
          </>
        )}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.channel(id)}>{name}</Link> },
          { key: 'kind', title: t.channels.kind, render: (_, { kind }) => t.channels.kinds[kind ?? 'servers'] },
          { key: 'balance', title: t.channels.balance, render: (_, { balance }) => t.channels.balances[balance ?? 'weighted_round_robin'] },
          { key: 'members', title: t.channels.members, align: 'right', render: (_, { members }) => members?.length ?? 0 },
          { key: 'health', title: t.channels.health, render: (_, { health }) => (health?.enabled ? (health.protocol ?? 'tcp').toUpperCase() : t.channels.notAsked) },
          created,
          actions,
        ]}
        empty={t.channels.empty}
      />
    </Page>
  )
}

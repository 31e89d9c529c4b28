import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Descriptions, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { managementLine } from '../../ui/management-line'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { HealthSummary } from './health-summary'
import { Members } from './members'
import { channelDocument, channelQuery, channelsKey, deleteChannel } from './queries'

const route = getRouteApi('/known/channels/$channel')

export function ChannelOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const search = route.useSearch()
  const { data: channel } = useSuspenseQuery(channelQuery(route.useParams().channel))
  const groups = channel.groups ?? []
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PUT', `/api/v1/channels/${channel.id}/members`, channel.members ?? [])} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(channelDocument(channel))} why={channel.kind === 'load_balancer' ? t.channels.noYaml : undefined} />
      <Act why={readOnly} onClick={() => void navigate(paths.editChannel(channel.id))}>{t.common.edit}</Act>
      <DeleteButton name={channel.name} effect={t.channels.deleteEffect} run={() => deleteChannel(channel)} touches={[[...channelsKey, 'list']]} then={() => void navigate(paths.channels())} />
    </>
  )
  return (
    <Page title={channel.name} actions={actions}>
      <Descriptions
        bordered
        size="small"
        column={2}
        items={[
          { label: t.common.id, children: <Typography.Text copyable={{ tooltips: false }}>{channel.id}</Typography.Text> },
          { label: t.channels.kind, children: t.channels.kinds[channel.kind ?? 'servers'] },
          { label: t.channels.balance, children: t.channels.balances[channel.balance ?? 'weighted_round_robin'] },
          { label: t.channels.port, children: channel.port },
          { label: t.channels.host, children: channel.host ?? t.channels.callersHost },
          { label: t.channels.health, children: <HealthSummary health={channel.health ?? undefined} /> },
          { label: t.channels.groups, span: 2, children: groups.length === 0 ? t.common.none : groups.map(({ name, weight }) => (weight == null ? name : `${name} (${weight})`)).join(', ') },
        ]}
      />
      <Members channel={channel} search={search} />
    </Page>
  )
}

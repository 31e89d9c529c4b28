import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { ChannelFields } from './fields'
import { freshHealth } from './health-fields'
import { type Channel, channelQuery, channelsKey, updateChannel } from './queries'

type Patch = Schemas['ChannelPatch']
const route = getRouteApi('/known/channels/$channel/edit')

export function EditChannel() {
  const t = useText()
  const navigate = useNavigate()
  const { data: channel } = useSuspenseQuery(channelQuery(route.useParams().channel))
  const leave = () => void navigate(paths.channel(channel.id))
  const { name, port, balance = 'weighted_round_robin', host, groups = [], health } = channel
  return (
    <Page title={`${t.channels.edit}: ${name}`}>
      <EditForm<Patch, unknown>
        draft={`channels/${channel.id}`}
        initial={{ name, port, balance, host: host ?? null, groups, health: { ...freshHealth, ...health } }}
        save={(values) => updateChannel(channel, patch(channel, values))}
        touches={[channelsKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <ChannelFields />
      </EditForm>
    </Page>
  )
}

/** Thresholds stay while nobody asks; fields that are not shown are as they were. */
function patch(channel: Channel, { health, groups, host, ...values }: Patch): Patch {
  const asked = { ...channel.health, ...health }
  return {
    ...values,
    host: host || null,
    groups: filled(groups ?? []),
    health: channel.health || health?.enabled ? filled(asked) : null,
  }
}

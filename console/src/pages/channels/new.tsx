import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { ChannelFields } from './fields'
import { freshHealth } from './health-fields'
import { MemberRows } from './member-rows'
import { type Channel, type ChannelDraft, channelsKey, createChannel } from './queries'

const kinds = ['servers', 'load_balancer'] as const

export function NewChannel() {
  const t = useText()
  const navigate = useNavigate()
  const [form] = Form.useForm<ChannelDraft>()
  const groups = (Form.useWatch('groups', form) ?? []).flatMap((group) => (group?.name ? [group.name] : []))
  return (
    <Page title={t.channels.create}>
      <EditForm<ChannelDraft, Channel>
        form={form}
        draft="channels/new"
        initial={{ kind: 'servers', port: 80, balance: 'weighted_round_robin', health: freshHealth, members: [], groups: [] }}
        save={({ health, ...draft }) => createChannel(filled({ ...draft, ...(health?.enabled && { health }) }))}
        touches={[channelsKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.channel(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.channels())}
      >
        <Form.Item name="kind" label={t.channels.kind} extra={t.channels.kindHint}>
          <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: t.channels.kinds[value] }))} />
        </Form.Item>
        <ChannelFields />
        <MemberRows groups={groups} />
      </EditForm>
    </Page>
  )
}

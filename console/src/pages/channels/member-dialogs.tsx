// Adds members, and gives those that are selected a weight.
import { Form, InputNumber } from 'antd'
import { useText } from '../../i18n/text'
import { Confirmation } from '../../ui/form/confirmation'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { FormDialog } from '../../ui/form-dialog'
import { stopsWith } from './left'
import { MemberRows } from './member-rows'
import { addMembers, type Channel, channelsKey, changeMembers, type Member, type MemberPatch } from './queries'

interface AddProps {
  readonly open: boolean
  readonly channel: Channel
  readonly close: () => void
}

export function AddMembers({ open, channel, close }: AddProps) {
  const t = useText()
  return (
    <FormDialog open={open} title={t.channels.addMembers} close={close} width={820}>
      <EditForm<{ members: Member[] }, unknown>
        draft={`channels/${channel.id}/members`}
        initial={{ members: [{ host: '', weight: 1, backup: false }] }}
        save={({ members }) => addMembers(channel, filled(members))}
        touches={[channelsKey]}
        done={t.common.saved}
        then={close}
        submit={t.common.add}
        cancel={close}
      >
        <MemberRows groups={(channel.groups ?? []).map(({ name }) => name)} />
      </EditForm>
    </FormDialog>
  )
}

interface WeightProps {
  readonly channel: Channel
  readonly members: readonly Member[] | undefined
  readonly close: () => void
}

export function SetWeight({ channel, members = [], close }: WeightProps) {
  const t = useText()
  return (
    <FormDialog open={members.length > 0} title={t.channels.setWeight} close={close}>
      <EditForm<{ weight: number }, unknown>
        initial={{ weight: 1 }}
        save={({ weight }) => changeMembers(channel, weighing(members, weight))}
        touches={[channelsKey]}
        done={t.common.saved}
        then={close}
        submit={t.common.save}
        cancel={close}
      >
        <Form.Item name="weight" label={t.channels.newWeight} rules={[{ required: true }]}>
          <InputNumber min={0} max={10_000} precision={0} style={{ width: 200 }} />
        </Form.Item>
        <Stops channel={channel} members={members} />
      </EditForm>
    </FormDialog>
  )
}

function Stops({ channel, members }: { readonly channel: Channel; readonly members: readonly Member[] }) {
  const t = useText()
  const weight: number | undefined = Form.useWatch('weight', Form.useFormInstance())
  return weight === 0 && stopsWith(channel.members ?? [], weighing(members, weight)) && <Confirmation effect={t.channels.stopEffect} />
}

function weighing(members: readonly Member[], weight: number): MemberPatch[] {
  return members.map(({ id = '' }) => ({ id, weight }))
}

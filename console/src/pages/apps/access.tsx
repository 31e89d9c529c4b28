// From where an app calls, and whether it may call at all.
import { Form, Radio } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { DeleteButton } from '../../ui/delete-button'
import { Confirmation } from '../../ui/form/confirmation'
import { EditForm } from '../../ui/form/edit-form'
import { LinesInput } from '../../ui/form/lines-input'
import { FormDialog } from '../../ui/form-dialog'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import { type App, appsKey, updateApp } from './queries'

interface Props {
  readonly app: App
}

export function AppAddresses({ app }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [isOpen, setOpen] = useState(false)
  const addresses = (app.access?.addresses ?? []).map((address) => ({ address }))
  const effect = app.access?.effect ?? 'anywhere'
  return (
    <Section title={t.apps.addresses} actions={<Act why={readOnly} onClick={() => setOpen(true)}>{t.apps.changeAddresses}</Act>}>
      <span>{t.apps.effects[effect]}</span>
      {addresses.length > 0 && <SmallTable page={{ items: addresses, next: null }} rowKey={({ address }) => address} columns={[{ key: 'address', title: t.apps.address, dataIndex: 'address' }]} empty={t.apps.effects.anywhere} />}
      <FormDialog open={isOpen} title={`${t.apps.addresses}: ${app.name}`} close={() => setOpen(false)}>
        <AddressesForm app={app} close={() => setOpen(false)} />
      </FormDialog>
    </Section>
  )
}

interface Draft {
  readonly access: { readonly effect: 'anywhere' | 'allow' | 'deny'; readonly addresses?: string[] }
}

function AddressesForm({ app, close }: Props & { readonly close: () => void }) {
  const t = useText()
  const [form] = Form.useForm<Draft>()
  const { effect = 'anywhere', addresses = [] } = app.access ?? {}
  const chosen = Form.useWatch(['access', 'effect'], form) ?? effect
  return (
    <EditForm<Draft, unknown>
      form={form}
      initial={{ access: { effect, addresses } }}
      save={({ access }) => setAccess(app, access)}
      touches={[appsKey]}
      done={t.common.saved}
      then={close}
      submit={t.common.save}
      cancel={close}
    >
      <Form.Item name={['access', 'effect']} label={t.apps.effect} extra={t.apps.effectHint}>
        <Radio.Group options={(['anywhere', 'allow', 'deny'] as const).map((value) => ({ value, label: t.apps.effects[value] }))} />
      </Form.Item>
      {chosen !== 'anywhere' && (
        <Form.Item name={['access', 'addresses']} label={t.apps.address} extra={t.policies.addressesHint}>
          <LinesInput placeholder={'192.0.2.0/24\n198.51.100.5-198.51.100.10'} />
        </Form.Item>
      )}
      {chosen !== 'anywhere' && chosen !== effect && <Confirmation effect={t.apps.cutOffs[chosen]} />}
    </EditForm>
  )
}

function setAccess(app: App, { effect, addresses = [] }: Draft['access']): Promise<unknown> {
  return patchApp(app, { access: effect === 'anywhere' ? null : { effect, addresses } })
}

/** Freezing refuses calls, so it asks to type DELETE, as taking an API offline does. */
export function Freeze({ app }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const thaw = useChange({ run: () => patchApp(app, { frozen: false }), touches: [appsKey], done: t.common.saved })
  if (app.frozen === true) return <Act why={readOnly} loading={thaw.isPending} title={t.apps.thawEffect} onClick={() => thaw.mutate(undefined)}>{t.apps.thaw}</Act>
  return (
    <DeleteButton label={t.apps.freeze} name={app.name} title={`${t.apps.freeze}: ${app.name}`} effect={t.apps.freezeEffect} run={() => patchApp(app, { frozen: true })} touches={[appsKey]} done={t.common.saved} />
  )
}

/** The generator demands every member of a change; one that is absent stays as it is. */
function patchApp(app: App, patch: Partial<Schemas['AppPatch']>): Promise<unknown> {
  return updateApp(app, patch as Schemas['AppPatch'])
}

// What a new policy and a changed one have in common: the settings, in the words of the dialect.
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import type { Dialect } from '../groups/queries'
import { isPlugIn, type PolicyKind } from './families'
import { AccountFields, AddressFields } from './fields/access'
import { PlugInFields } from './fields/plug-in'
import { KeyFields } from './fields/signature-key'
import { ThrottlingFields } from './fields/throttling'

interface Props {
  readonly dialect: Dialect
  readonly kind: PolicyKind
}

export function PolicyFields({ dialect, kind }: Props) {
  const t = useText()
  return (
    <>
      <NameField />
      <Form.Item name="remark" label={t.policies.remark}>
        <Input.TextArea rows={2} />
      </Form.Item>
      {isPlugIn(dialect, kind) ? <PlugInFields key={`${dialect} ${kind}`} dialect={dialect} kind={kind} /> : <FieldsOfHuawei kind={kind} />}
    </>
  )
}

function FieldsOfHuawei({ kind }: Pick<Props, 'kind'>) {
  switch (kind) {
    case 'throttle':
      return <ThrottlingFields />
    case 'address_list':
      return <AddressFields />
    case 'account_list':
    case 'account_id_list':
      return <AccountFields kind={kind} />
    case 'signature_key':
      return <KeyFields />
    // These are plug-ins.
    case 'cors':
    case 'rate_limit':
      return null
  }
}

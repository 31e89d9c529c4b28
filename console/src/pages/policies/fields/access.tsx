// Access control: lists of addresses and of accounts.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Form, Input, Radio } from 'antd'
import { useText } from '../../../i18n/text'
import { LinesInput } from '../../../ui/form/lines-input'

const ADDRESSES = '192.0.2.0/24\n198.51.100.5-198.51.100.10\n2001:db8::1'

export function AddressFields() {
  const t = useText()
  return (
    <>
      <Effect name="acl_type" effects={['PERMIT', 'DENY']} />
      <Form.Item name={['settings', 'acl_value']} label={t.policies.addresses} extra={t.policies.addressesHint} rules={[{ required: true }]}>
        <LinesInput placeholder={ADDRESSES} />
      </Form.Item>
    </>
  )
}

export function AccountFields({ kind }: { readonly kind: 'account_list' | 'account_id_list' }) {
  const t = useText()
  return (
    <>
      <Effect name="acl_type" effects={['PERMIT', 'DENY']} />
      <Form.Item name={['settings', 'acl_value']} label={t.policies.accounts[kind]} extra={t.policies.accountsHint} rules={[{ required: true }]}>
        <LinesInput />
      </Form.Item>
    </>
  )
}

/** The plug-in `ipControl`. */
export function IpControlFields() {
  const t = useText()
  return (
    <>
      <Effect name="type" effects={['ALLOW', 'REFUSE']} />
      <Form.List name={['settings', 'items']}>
        {(rows, { add, remove }) => (
          <Form.Item label={t.policies.addresses} extra={t.policies.addressesHint}>
            {rows.map(({ key, name }) => (
              <Card key={key} size="small" style={{ marginBottom: 8 }} title={`${t.policies.item} ${name + 1}`} extra={<Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${name + 1}`} onClick={() => remove(name)} />}>
                <Form.Item name={[name, 'blocks']} label={`${t.policies.addresses} ${name + 1}`} rules={[{ required: true }]}>
                  <LinesInput placeholder={ADDRESSES} />
                </Form.Item>
                <Form.Item name={[name, 'appId']} label={`${t.policies.appNumber} ${name + 1}`} extra={t.policies.appNumberHint} style={{ marginBottom: 0 }}>
                  <Input autoComplete="off" inputMode="numeric" style={{ width: 200 }} />
                </Form.Item>
              </Card>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ blocks: [] })}>{t.policies.addItem}</Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item name={['settings', 'resource']} label={t.policies.resource} extra={t.policies.resourceHint}>
        <Input autoComplete="off" placeholder="XFF:-1" style={{ width: 200 }} />
      </Form.Item>
    </>
  )
}

interface EffectProps {
  readonly name: string
  readonly effects: readonly ('PERMIT' | 'DENY' | 'ALLOW' | 'REFUSE')[]
}

function Effect({ name, effects }: EffectProps) {
  const t = useText()
  return (
    <Form.Item name={['settings', name]} label={t.policies.effect} rules={[{ required: true }]}>
      <Radio.Group options={effects.map((value) => ({ value, label: t.policies.effects[value] }))} />
    </Form.Item>
  )
}

// Signature keys. The secret is no setting: `secret.tsx`.
import { Form, Input, Radio } from 'antd'
import { useText } from '../../../i18n/text'

const types = ['hmac', 'basic'] as const

export function KeyFields() {
  const t = useText()
  return (
    <>
      <Form.Item name={['settings', 'sign_type']} label={t.policies.signType} rules={[{ required: true }]}>
        <Radio.Group options={types.map((value) => ({ value, label: t.policies.signTypes[value] }))} />
      </Form.Item>
      <Key name="sign_key" />
    </>
  )
}

/** The plug-in `backendSignature`. */
export function BackendSignatureFields() {
  return <Key name="key" />
}

function Key({ name }: { readonly name: string }) {
  const t = useText()
  return (
    <Form.Item name={['settings', name]} label={t.policies.key} extra={t.policies.keyHint} rules={[{ required: true }]}>
      <Input autoComplete="off" style={{ fontFamily: 'monospace' }} />
    </Form.Item>
  )
}

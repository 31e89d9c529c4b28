// What a new app and a changed one have in common, and what keys are asked for.
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'

export function AppFields() {
  const t = useText()
  return (
    <>
      <Form.Item name="name" label={t.common.name} rules={[{ required: true }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="description" label={t.common.description}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  )
}

export function KeyField() {
  const t = useText()
  return (
    <Form.Item name="key" label={t.apps.key} extra={t.apps.keyHint}>
      <Input autoComplete="off" />
    </Form.Item>
  )
}

export function SecretField() {
  const t = useText()
  return (
    <Form.Item name="secret" label={t.apps.secret} extra={t.apps.secretHint}>
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  )
}

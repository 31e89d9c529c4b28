// What a new app and a changed one have in common, and what keys are asked for.
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'

export function AppFields() {
  return (
    <>
      <NameField />
      <DescriptionField />
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

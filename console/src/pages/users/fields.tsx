import { Form, Input, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { roles } from './queries'

export function RoleField() {
  const t = useText()
  return (
    <Form.Item name="role" label={t.users.role} rules={[{ required: true }]}>
      <Radio.Group options={roles.map((value) => ({ value, label: t.users.roles[value] }))} />
    </Form.Item>
  )
}

export function PasswordField({ required = false }: { readonly required?: boolean }) {
  const t = useText()
  return (
    <Form.Item name="password" label={required ? t.users.newPassword : t.users.password} extra={required ? undefined : t.users.passwordHint} rules={[{ required }]}>
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  )
}

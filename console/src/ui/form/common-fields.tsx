// The fields that most objects have.
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'

interface NameProps {
  /** What a name must be. */
  readonly extra?: string | undefined
  /** Its name is fixed. */
  readonly fixed?: 'fixed' | undefined
}

export function NameField({ extra, fixed }: NameProps) {
  const t = useText()
  return (
    <Form.Item name="name" label={t.common.name} extra={extra} rules={[{ required: true }]}>
      <Input autoComplete="off" disabled={fixed !== undefined} />
    </Form.Item>
  )
}

/** As long as the interface takes it. */
const DESCRIPTION_AT_MOST = 2000

export function DescriptionField() {
  const t = useText()
  return (
    <Form.Item name="description" label={t.common.description}>
      <Input.TextArea rows={2} maxLength={DESCRIPTION_AT_MOST} />
    </Form.Item>
  )
}

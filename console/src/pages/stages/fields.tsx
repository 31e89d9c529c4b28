// What a new stage and a changed one have in common.
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'

interface Props {
  /** Its name is fixed. */
  readonly named?: 'fixed'
}

export function StageFields({ named }: Props) {
  const t = useText()
  return (
    <>
      <Form.Item name="name" label={t.common.name} rules={[{ required: true }]} {...(named && { extra: t.stages.builtInReason })}>
        <Input autoComplete="off" disabled={named === 'fixed'} />
      </Form.Item>
      <Form.Item name="description" label={t.common.description}>
        <Input.TextArea rows={2} />
      </Form.Item>
    </>
  )
}

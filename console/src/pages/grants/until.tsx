// When an authorization ends.
import { Form } from 'antd'
import { useText } from '../../i18n/text'
import { TimeInput } from '../../ui/form/time-input'

export function UntilField() {
  const t = useText()
  const ahead = (_: unknown, until: number | null | undefined) =>
    typeof until === 'number' && until <= Date.now() ? Promise.reject(new Error(t.grants.past)) : Promise.resolve()
  return (
    <Form.Item name="until" label={t.grants.until} extra={t.grants.untilHint} rules={[{ validator: ahead }]}>
      <TimeInput />
    </Form.Item>
  )
}

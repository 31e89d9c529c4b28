// What a new quota and a changed one have in common.
import { Form, InputNumber, Select } from 'antd'
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'
import { TimeInput } from '../../ui/form/time-input'
import { unit } from '../policies/summary'
import { units } from './queries'

export function AppQuotaFields() {
  const t = useText()
  return (
    <>
      <NameField extra={t.appQuotas.nameHint} />
      <Form.Item name="calls" label={t.appQuotas.calls} extra={t.appQuotas.callsHint} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="interval" label={`${t.policies.period}: ${t.policies.interval}`} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="unit" label={`${t.policies.period}: ${t.policies.unit}`} rules={[{ required: true }]}>
        <Select style={{ width: 200 }} options={units.map((value) => ({ value, label: unit(t.policies, value) }))} />
      </Form.Item>
      <Form.Item name="first_reset" label={t.appQuotas.firstReset} extra={t.appQuotas.firstResetHint}>
        <TimeInput />
      </Form.Item>
      <DescriptionField />
    </>
  )
}

// Request throttling, as Huawei Cloud has it: the policy, and the plug-in that says the same in other words.
import { Form, InputNumber, Radio, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { units } from '../settings'
import { PlugInSpecials } from './plug-in-specials'

export function ThrottlingFields() {
  const t = useText()
  const types = [{ value: 1, label: t.policies.types.each }, { value: 2, label: t.policies.types.together }]
  return (
    <>
      <Form.Item name={['settings', 'type']} label={t.policies.type}>
        <Radio.Group options={types} />
      </Form.Item>
      <Form.Item name={['settings', 'time_interval']} label={`${t.policies.period}: ${t.policies.interval}`} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Unit name="time_unit" />
      <Form.Item name={['settings', 'api_call_limits']} label={t.policies.api} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Limit name="user_call_limits" label={t.policies.user} />
      <Limit name="app_call_limits" label={t.policies.app} />
      <Limit name="ip_call_limits" label={t.policies.address} />
    </>
  )
}

/** The plug-in `rate_limit`, which the vendor calls throttling 2.0. */
export function RateLimitFields() {
  const t = useText()
  const scopes = [{ value: 'basic', label: t.policies.types.each }, { value: 'share', label: t.policies.types.together }]
  return (
    <>
      <Form.Item name={['settings', 'scope']} label={t.policies.type} rules={[{ required: true }]}>
        <Radio.Group options={scopes} />
      </Form.Item>
      <Form.Item name={['settings', 'default_interval']} label={`${t.policies.period}: ${t.policies.interval}`} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name={['settings', 'default_time_unit']} label={`${t.policies.period}: ${t.policies.unit}`} rules={[{ required: true }]}>
        <Select style={{ width: 200 }} options={units.map((value) => ({ value: value.toLowerCase(), label: t.policies.units[value] }))} />
      </Form.Item>
      <Form.Item name={['settings', 'api_limit']} label={t.policies.api} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Limit name="user_limit" label={t.policies.user} />
      <Limit name="app_limit" label={t.policies.app} />
      <Limit name="ip_limit" label={t.policies.address} />
      <PlugInSpecials dialect="huawei" />
    </>
  )
}

function Unit({ name }: { readonly name: string }) {
  const t = useText()
  return (
    <Form.Item name={['settings', name]} label={`${t.policies.period}: ${t.policies.unit}`} rules={[{ required: true }]}>
      <Select style={{ width: 200 }} options={units.map((value) => ({ value, label: t.policies.units[value] }))} />
    </Form.Item>
  )
}

export function Limit({ name, label }: { readonly name: string; readonly label: string }) {
  const t = useText()
  return (
    <Form.Item name={['settings', name]} label={label} extra={t.policies.limitHint}>
      <InputNumber min={1} precision={0} style={{ width: 200 }} />
    </Form.Item>
  )
}

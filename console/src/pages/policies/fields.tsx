// What a new policy and a changed one have in common: the settings, in the words of the dialect.
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import type { Dialect } from '../groups/queries'
import { units } from './settings'

export function PolicyFields({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  return (
    <>
      <NameField />
      <Form.Item name="remark" label={t.policies.remark}>
        <Input.TextArea rows={2} />
      </Form.Item>
      {dialect === 'huawei' ? <Throttling /> : <TrafficControl />}
    </>
  )
}

function TrafficControl() {
  const t = useText()
  return (
    <Form.Item name="settings" label={t.policies.settings} extra={t.policies.settingsHint} rules={[{ required: true }]}>
      <Input.TextArea rows={12} spellCheck={false} style={{ fontFamily: 'monospace' }} placeholder={'unit: SECOND\napiDefault: 100\nuserDefault: 30'} />
    </Form.Item>
  )
}

function Throttling() {
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
      <Form.Item name={['settings', 'time_unit']} label={`${t.policies.period}: ${t.policies.unit}`} rules={[{ required: true }]}>
        <Select style={{ width: 200 }} options={units.map((value) => ({ value, label: t.policies.units[value] }))} />
      </Form.Item>
      <Form.Item name={['settings', 'api_call_limits']} label={t.policies.api} rules={[{ required: true }]}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Limit name="user_call_limits" label={t.policies.user} />
      <Limit name="app_call_limits" label={t.policies.app} />
      <Limit name="ip_call_limits" label={t.policies.address} />
    </>
  )
}

function Limit({ name, label }: { readonly name: string; readonly label: string }) {
  const t = useText()
  return (
    <Form.Item name={['settings', name]} label={label} extra={t.policies.limitHint}>
      <InputNumber min={1} precision={0} style={{ width: 200 }} />
    </Form.Item>
  )
}

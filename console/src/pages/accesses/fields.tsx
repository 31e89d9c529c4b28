// What a new backend access and a changed one have in common.
import { Form, Input, InputNumber, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'

const schemes = ['http', 'https'] as const

export function AccessFields() {
  const t = useText()
  return (
    <>
      <NameField />
      <Form.Item name="network" label={t.accesses.network} rules={[{ required: true }]}>
        <Input placeholder="vpc-…" />
      </Form.Item>
      <Form.Item name="instance" label={t.accesses.instance} extra={t.accesses.instanceHint} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="port" label={t.accesses.port} rules={[{ required: true }]}>
        <InputNumber min={1} max={65535} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="address" label={t.accesses.address} extra={t.accesses.addressHint}>
        <Input />
      </Form.Item>
      <Form.Item name="scheme" label={t.accesses.scheme}>
        <Radio.Group optionType="button" options={schemes.map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      <Form.Item name="host" label={t.accesses.host} extra={t.accesses.hostHint}>
        <Input />
      </Form.Item>
      <DescriptionField />
    </>
  )
}

// What a new group and a changed one have in common.
import { Form, Input, InputNumber, Select } from 'antd'
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'

const appCodes = ['disabled', 'header', 'header_or_query'] as const

export function GroupFields() {
  const t = useText()
  return (
    <>
      <NameField />
      <DescriptionField />
      <Form.Item name="base_path" label={t.groups.basePath} extra={t.groups.basePathHint}>
        <Input placeholder="/" />
      </Form.Item>
      <Form.Item name="calls_per_second" label={t.groups.callsPerSecond} extra={t.groups.callsPerSecondHint}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="app_code" label={t.groups.appCode}>
        <Select options={appCodes.map((value) => ({ value, label: t.groups.appCodes[value] }))} />
      </Form.Item>
      <Form.Item name="passthrough_headers" label={t.groups.passthroughHeaders} extra={t.groups.passthroughHeadersHint}>
        <Select mode="tags" open={false} tokenSeparators={[',', ' ']} />
      </Form.Item>
    </>
  )
}

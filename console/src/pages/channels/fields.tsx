// What a new channel and a changed one have in common.
import { Form, Input, InputNumber, Select } from 'antd'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import { HealthFields } from './health-fields'
import { balances } from './queries'
import { Rows } from './rows'

export function ChannelFields() {
  const t = useText()
  return (
    <>
      <NameField />
      <Form.Item name="port" label={t.channels.port} extra={t.channels.portHint} rules={[{ required: true }]}>
        <InputNumber min={1} max={65535} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="balance" label={t.channels.balance}>
        <Select options={balances.map((value) => ({ value, label: t.channels.balances[value] }))} />
      </Form.Item>
      <Form.Item name="host" label={t.channels.host} extra={t.channels.hostHint}>
        <Input />
      </Form.Item>
      <HealthFields />
      <GroupRows />
    </>
  )
}

function GroupRows() {
  const t = useText()
  return (
    <Rows
      name="groups"
      label={t.channels.groups}
      hint={t.channels.groupsHint}
      add={t.channels.addGroup}
      cells={(row) => (
        <>
          <Form.Item name={[row, 'name']} label={t.channels.groupName} rules={[{ required: true }]}><Input /></Form.Item>
          <Form.Item name={[row, 'weight']} label={t.channels.groupWeight}><InputNumber min={0} max={100} precision={0} /></Form.Item>
          <Form.Item name={[row, 'remark']} label={t.channels.groupRemark}><Input /></Form.Item>
        </>
      )}
    />
  )
}

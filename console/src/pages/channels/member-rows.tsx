// Rows in which members are typed.
import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useText } from '../../i18n/text'
import { Rows } from './rows'

interface Props {
  readonly groups: readonly string[]
}

export function MemberRows({ groups }: Props) {
  const t = useText()
  return (
    <Rows
      name="members"
      label={t.channels.members}
      hint={t.channels.membersHint}
      add={t.channels.addRow}
      fresh={{ weight: 1, backup: false }}
      cells={(row) => (
        <>
          <Form.Item name={[row, 'host']} label={t.channels.member} rules={[{ required: true }]}><Input placeholder="10.0.0.5" /></Form.Item>
          <Form.Item name={[row, 'port']} label={t.channels.memberPort}><InputNumber min={1} max={65535} precision={0} placeholder={t.channels.memberPortHint} style={{ width: 120 }} /></Form.Item>
          <Form.Item name={[row, 'weight']} label={t.channels.weight}><InputNumber min={0} max={10000} precision={0} style={{ width: 90 }} /></Form.Item>
          <Form.Item name={[row, 'backup']} label={t.channels.backup} valuePropName="checked"><Switch /></Form.Item>
          {groups.length > 0 && (
            <Form.Item name={[row, 'group']} label={t.channels.group}>
              <Select allowClear style={{ width: 120 }} options={groups.map((value) => ({ value, label: value }))} />
            </Form.Item>
          )}
        </>
      )}
    />
  )
}

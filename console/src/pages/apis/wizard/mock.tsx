// A fixed answer.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Form, Input, InputNumber, Row } from 'antd'
import { useText } from '../../../i18n/text'
import type { Name } from '../../../ui/form/pointer'

interface Props {
  /** The form's member that has it. */
  readonly at: Name
}

export function Mock({ at }: Props) {
  const t = useText()
  const words = t.apis.service
  return (
    <>
      <Form.Item name={[...at, 'status']} label={words.status} initialValue={200}>
        <InputNumber min={200} max={599} precision={0} />
      </Form.Item>
      <Form.Item label={words.headers}>
        <Form.List name={[...at, 'headers']}>
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <Row key={key} gutter={8} wrap={false}>
                  <Col span={8}><Form.Item name={[name, 'name']} style={{ marginBottom: 8 }}><Input aria-label={t.common.name} placeholder={t.common.name} /></Form.Item></Col>
                  <Col flex="auto"><Form.Item name={[name, 'value']} style={{ marginBottom: 8 }}><Input aria-label={words.value} placeholder={words.value} /></Form.Item></Col>
                  <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${name + 1}`} onClick={() => remove(name)} /></Col>
                </Row>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ name: '', value: '' })}>{words.addHeader}</Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item name={[...at, 'body']} label={words.body}>
        <Input.TextArea rows={6} style={{ fontFamily: 'monospace' }} />
      </Form.Item>
    </>
  )
}

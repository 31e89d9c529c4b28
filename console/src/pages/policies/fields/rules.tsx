// Limits on calls that carry the same: each rule counts the calls that meet it, by the values of its variables.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Col, Form, Input, InputNumber, Row, Select, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { ListErrors } from '../../../ui/form/list-errors'
import { systemParameters } from '../../apis/wizard/system-parameters'
import type { Variable } from '../form-settings'
import { entriesOf, units } from '../settings'

export function Rules() {
  const t = useText()
  const words = t.policies.rules
  return (
    <Form.List name={['settings', 'rules']}>
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={words.title} style={{ marginBottom: 24 }}>
          <Typography.Title level={3} style={{ fontSize: 14 }}>{words.title}</Typography.Title>
          {rows.map(({ key, name }) => (
            <Card key={key} size="small" style={{ marginBottom: 8 }} title={`${words.one} ${name + 1}`} extra={<Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t.common.remove}: ${words.one} ${name + 1}`} onClick={() => remove(name)} />}>
              <Rule index={name} />
            </Card>
          ))}
          <ListErrors errors={errors} />
          <Button icon={<PlusOutlined />} onClick={() => add({})}>{words.add}</Button>
        </section>
      )}
    </Form.List>
  )
}

function Rule({ index }: { readonly index: number }) {
  const t = useText()
  const words = t.policies.rules
  const all: readonly (Variable | undefined)[] = Form.useWatch(['settings', 'parameters']) ?? []
  const declared = all.flatMap((one) => (one?.name ? [one.name] : []))
  const options = [...declared, ...systemParameters.alibaba].map((value) => ({ value, label: value }))
  const label = (word: string) => `${word} ${index + 1}`
  return (
    <Row gutter={8}>
      <Col span={8}>
        <Form.Item name={[index, 'name']} label={label(words.name)} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
      </Col>
      <Col span={16}>
        <Form.Item name={[index, 'byParameters']} label={label(words.by)} rules={[{ required: true }]} getValueProps={(by) => ({ value: entriesOf(by ?? '') })} normalize={(by: readonly string[]) => by.join(', ')}>
          <Select mode="tags" tokenSeparators={[',', ' ']} options={options} />
        </Form.Item>
      </Col>
      <Col span={8}>
        <Form.Item name={[index, 'limit']} label={label(t.policies.limit)} rules={[{ required: true }]}><InputNumber min={1} precision={0} style={{ width: '100%' }} /></Form.Item>
      </Col>
      <Col span={8}>
        <Form.Item name={[index, 'period']} label={label(t.policies.period)}><InputNumber min={1} precision={0} placeholder="1" style={{ width: '100%' }} /></Form.Item>
      </Col>
      <Col span={8}>
        <Form.Item name={[index, 'timeUnit']} label={label(t.policies.unit)}>
          <Select allowClear placeholder={t.policies.units.SECOND} options={units.map((value) => ({ value, label: t.policies.units[value] }))} />
        </Form.Item>
      </Col>
      <Col span={24}>
        <Form.Item name={[index, 'condition']} label={label(words.condition)} extra={words.conditionHint} style={{ marginBottom: 0 }}>
          <Input autoComplete="off" spellCheck={false} placeholder="$userId != null and $CaStage = 'RELEASE'" style={{ fontFamily: 'monospace' }} />
        </Form.Item>
      </Col>
    </Row>
  )
}

// Every rule that a parameter's value can be held to. What does not fit its type, the gateway says.
import { Checkbox, Col, Form, Input, InputNumber, Row, Select } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../../i18n/text'
import { types } from './definition'

const itemTypes = types.filter((type) => type !== 'array' && type !== 'file')

export function ParameterRules({ index }: { readonly index: number }) {
  const words = useText().apis.parameters
  const text = (field: string, label: string, span = 6) => <Rule index={index} field={field} label={label} span={span}><Input autoComplete="off" /></Rule>
  const count = (field: string, label: string) => <Rule index={index} field={field} label={label} span={6}><InputNumber min={0} precision={0} style={{ width: '100%' }} /></Rule>
  return (
    <Row gutter={8}>
      {text('default', words.default)}
      {text('example', words.example)}
      {text('minimum', words.minimum)}
      {text('maximum', words.maximum)}
      {count('min_length', words.minLength)}
      {count('max_length', words.maxLength)}
      {text('pattern', words.pattern, 12)}
      <Rule index={index} field="enumeration" label={words.enumeration} span={12}><Select mode="tags" open={false} tokenSeparators={[',']} /></Rule>
      <Rule index={index} field="item_type" label={words.items} span={12}>
        <Select allowClear options={itemTypes.map((value) => ({ value, label: value }))} />
      </Rule>
      <Rule index={index} field="json_schema" label={words.schema} span={12}><Input.TextArea rows={2} /></Rule>
      <Description index={index} />
      <Switch index={index} field="validate" label={words.validate} />
      <Switch index={index} field="pass_through" label={words.passThrough} />
    </Row>
  )
}

interface RuleProps {
  readonly index: number
  readonly field: string
  readonly label: string
  readonly span: number
  readonly children: ReactNode
}

function Rule({ index, field, label, span, children }: RuleProps) {
  return (
    <Col span={span}>
      <Form.Item name={[index, field]} label={label} style={{ marginBottom: 8 }}>{children}</Form.Item>
    </Col>
  )
}

function Description({ index }: { readonly index: number }) {
  const t = useText()
  return <Rule index={index} field="description" label={t.common.description} span={12}><Input.TextArea rows={2} /></Rule>
}

function Switch({ index, field, label }: { readonly index: number; readonly field: string; readonly label: string }) {
  return (
    <Col span={12}>
      <Form.Item name={[index, field]} valuePropName="checked" style={{ marginBottom: 8 }}><Checkbox>{label}</Checkbox></Form.Item>
    </Col>
  )
}

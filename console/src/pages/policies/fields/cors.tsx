// The plug-in `cors` of either dialect: which pages of other origins may call.
import { Checkbox, Form, InputNumber, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { LinesInput } from '../../../ui/form/lines-input'
import type { Dialect } from '../../groups/queries'
import { corsMembers } from '../settings'

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']

export function CorsFields({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  const of = corsMembers[dialect]
  return (
    <>
      <Form.Item name={['settings', of.origins]} label={t.policies.origins} extra={t.policies.originsHint} rules={[{ required: true }]}>
        <LinesInput placeholder={'www.example.com\nhttps://shop.example.com:8443'} />
      </Form.Item>
      <Form.Item name={['settings', of.methods]} label={t.policies.methods} extra={t.policies.asWithout}>
        <Select mode="tags" tokenSeparators={[',', ' ']} options={methods.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Names name={of.headers} label={t.policies.headers} extra={t.policies.asWithout} />
      <Names name={of.exposed} label={t.policies.exposed} />
      <Form.Item name={['settings', of.maxAge]} label={t.policies.maxAge} extra={t.policies.asWithout}>
        <InputNumber min={0} precision={0} suffix="s" style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name={['settings', of.credentials]} valuePropName="checked">
        <Checkbox>{t.policies.credentials}</Checkbox>
      </Form.Item>
    </>
  )
}

interface NamesProps {
  readonly name: string
  readonly label: string
  readonly extra?: string
}

function Names({ name, label, extra }: NamesProps) {
  return (
    <Form.Item name={['settings', name]} label={label} extra={extra}>
      <Select mode="tags" open={false} tokenSeparators={[',', ' ']} />
    </Form.Item>
  )
}

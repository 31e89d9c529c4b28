// Step two: what a call looks like.
import { Checkbox, Col, Form, Input, Radio, Row, Select } from 'antd'
import { useText } from '../../../i18n/text'
import type { Dialect } from '../../groups/queries'
import { Parameters } from './parameters'

export const methods = ['ANY', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE'] as const
const protocols = { alibaba: ['http', 'https', 'websocket'], huawei: ['http', 'https', 'websocket', 'grpcs'] } as const
const modes = ['mapping', 'mapping_passthrough', 'passthrough'] as const
const matches = ['exact', 'prefix'] as const
const bodyFormats = ['form', 'stream'] as const

export function RequestStep({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  const mode = Form.useWatch(['request', 'mode'])
  const words = t.apis.request
  return (
    <>
      <Form.Item name={['request', 'protocols']} label={words.protocols}>
        <Checkbox.Group options={protocols[dialect].map((value) => ({ value, label: words.protocolNames[value] }))} />
      </Form.Item>
      <Row gutter={16}>
        <Col span={6}>
          <Form.Item name={['request', 'method']} label={t.apis.method}>
            <Select options={[...methods, 'MULTIPART'].map((value) => ({ value, label: value }))} />
          </Form.Item>
        </Col>
        <Col span={18}>
          <Form.Item name={['request', 'path']} label={t.apis.path} extra={words.pathHint[dialect]} rules={[{ required: true }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name={['request', 'match_mode']} label={words.match}>
        <Radio.Group optionType="button" options={matches.map((value) => ({ value, label: words.matches[value] }))} />
      </Form.Item>
      <Form.Item name={['request', 'mode']} label={words.mode}>
        <Radio.Group options={modes.map((value) => ({ value, label: words.modes[value] }))} />
      </Form.Item>
      {mode !== 'passthrough' && (
        <Form.Item name={['request', 'body_format']} label={words.bodyFormat}>
          <Select allowClear placeholder={words.bodyNone} style={{ width: 280 }} options={bodyFormats.map((value) => ({ value, label: words.bodyFormats[value] }))} />
        </Form.Item>
      )}
      <Parameters />
      <Form.Item name={['request', 'cors']} valuePropName="checked" style={{ margin: '16px 0 0' }}>
        <Checkbox>{words.cors}</Checkbox>
      </Form.Item>
      <Form.Item name={['request', 'intranet_only']} valuePropName="checked">
        <Checkbox>{words.intranet}</Checkbox>
      </Form.Item>
    </>
  )
}

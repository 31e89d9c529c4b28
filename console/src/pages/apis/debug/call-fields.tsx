// What a call is made of. What the API fixes cannot be changed, and says so.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Form, Input, Radio, Row, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { fullPath } from '../call'
import type { AboutApi } from '../use-api'
import { pathParameters } from '../wizard/definition'
import { Authentication } from './authentication'
import { hasBody } from './send'

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE']

export function CallFields({ about }: { readonly about: AboutApi }) {
  const words = useText().apis.debug
  const t = useText()
  const { api, group } = about
  const { request } = api.definition
  const schemes = (['http', 'https'] as const).filter((scheme) => request.protocols?.includes(scheme) ?? true)
  const method: string = Form.useWatch('method') ?? 'GET'
  const names = pathParameters(request.path)
  return (
    <>
      <Row gutter={16}>
        <Col span={10}>
          <Form.Item name="scheme" label={words.scheme} {...(schemes.length < 2 && { extra: words.schemeFixed })}>
            <Radio.Group optionType="button" options={(['http', 'https'] as const).map((value) => ({ value, label: value.toUpperCase(), disabled: schemes.length < 2 && !schemes.includes(value) }))} />
          </Form.Item>
        </Col>
        <Col span={14}>
          <Form.Item name="method" label={t.apis.method} {...(request.method !== 'ANY' && { extra: words.methodFixed })}>
            <Select options={(request.method === 'ANY' ? methods : [method]).map((value) => ({ value, label: value }))} />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item label={t.apis.path}><code>{fullPath(group, request.path)}</code></Form.Item>
      {names.map((name) => (
        <Form.Item key={name} name={['path', name]} label={`${words.pathParameters}: ${name}`} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
      ))}
      {request.match_mode === 'prefix' && (
        <Form.Item name="suffix" label={words.suffix} extra={words.suffixHint}><Input autoComplete="off" placeholder="/" /></Form.Item>
      )}
      <Lines field="query" label={words.query} />
      <Lines field="headers" label={words.headers} />
      {hasBody(method) && (
        <Form.Item name="body" label={words.body}><Input.TextArea rows={4} style={{ fontFamily: 'monospace' }} /></Form.Item>
      )}
      <Authentication about={about} />
      <Form.Item name="source" label={words.source} extra={words.sourceHint}><Input autoComplete="off" style={{ width: 240 }} /></Form.Item>
    </>
  )
}

function Lines({ field, label }: { readonly field: 'query' | 'headers'; readonly label: string }) {
  const t = useText()
  const inline = { marginBottom: 8 }
  return (
    <Form.List name={field}>
      {(rows, { add, remove }) => (
        <Form.Item label={label}>
          {rows.map(({ key, name }) => (
            <Row key={key} gutter={8} wrap={false}>
              <Col span={9}><Form.Item name={[name, 'name']} style={inline}><Input aria-label={`${label}: ${t.common.name}`} placeholder={t.common.name} autoComplete="off" /></Form.Item></Col>
              <Col flex="auto"><Form.Item name={[name, 'value']} style={inline}><Input aria-label={`${label}: ${t.apis.service.value}`} placeholder={t.apis.service.value} autoComplete="off" /></Form.Item></Col>
              <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${label} ${name + 1}`} onClick={() => remove(name)} /></Col>
            </Row>
          ))}
          <Button size="small" icon={<PlusOutlined />} aria-label={`${t.common.add}: ${label}`} onClick={() => add({ name: '', value: '' })}>{t.common.add}</Button>
        </Form.Item>
      )}
    </Form.List>
  )
}

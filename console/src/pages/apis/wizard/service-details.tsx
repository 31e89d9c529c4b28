// What is rarely changed of how a service is called.
import { Button, Checkbox, Col, Form, Input, InputNumber, Row, Select } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { useComplains } from './complaints'
import { usePlace } from './place'

const protocols = ['http1', 'h2', 'h2c'] as const
const contentTypes = ['client', 'gateway', 'fixed'] as const
const retries = ['idempotent', 'fixed'] as const

interface Props {
  /** What a backend service says by itself is not asked here. */
  readonly of: 'http' | 'service'
}

export function ServiceDetails({ of }: Props) {
  const words = useText().apis.service
  const { field, watched } = usePlace()
  const [toggled, setToggled] = useState<boolean>()
  const complains = useComplains(...watched('backend'))
  const open = toggled ?? complains
  return (
    <>
      <Button type="link" aria-expanded={open} style={{ paddingInline: 0, marginBottom: 8 }} onClick={() => setToggled(!open)}>{words.advanced}</Button>
      <div hidden={!open}>
        <Row gutter={16}>
          <Col span={12}>
            <Form.Item name={field('backend', 'protocol')} label={words.protocol} initialValue="http1">
              <Select options={protocols.map((value) => ({ value, label: words.protocols[value] }))} />
            </Form.Item>
          </Col>
          <Col span={12}>
            {of === 'http' && <Form.Item name={field('backend', 'host')} label={words.host} extra={words.hostHint}><Input autoComplete="off" /></Form.Item>}
          </Col>
          <Retries />
          <ContentType />
        </Row>
        {of === 'http' && (
          <Form.Item name={field('backend', 'verify_certificate')} valuePropName="checked" initialValue>
            <Checkbox>{words.verify}</Checkbox>
          </Form.Item>
        )}
      </div>
    </>
  )
}

function Retries() {
  const words = useText().apis.service
  const { field, watched } = usePlace()
  const kind = Form.useWatch(watched('backend', 'retries', 'kind'))
  return (
    <>
      <Col span={12}>
        <Form.Item name={field('backend', 'retries', 'kind')} label={words.retries} initialValue="idempotent">
          <Select options={retries.map((value) => ({ value, label: words.retryKinds[value] }))} />
        </Form.Item>
      </Col>
      <Col span={12}>
        {kind === 'fixed' && (
          <Form.Item name={field('backend', 'retries', 'times')} label={words.times} initialValue={1} rules={[{ required: true }]}><InputNumber min={0} max={10} precision={0} /></Form.Item>
        )}
      </Col>
    </>
  )
}

function ContentType() {
  const words = useText().apis.service
  const { field, watched } = usePlace()
  const kind = Form.useWatch(watched('backend', 'content_type', 'kind'))
  return (
    <>
      <Col span={12}>
        <Form.Item name={field('backend', 'content_type', 'kind')} label={words.contentType} initialValue="client">
          <Select options={contentTypes.map((value) => ({ value, label: words.contentTypes[value] }))} />
        </Form.Item>
      </Col>
      <Col span={12}>
        {kind === 'fixed' && (
          <Form.Item name={field('backend', 'content_type', 'value')} label={words.contentTypeValue} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
        )}
      </Col>
    </>
  )
}

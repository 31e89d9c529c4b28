// An HTTP service: where it is, and how it is called.
import { Col, Form, Input, InputNumber, Row, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { Destination } from './destination'
import { ServiceDetails } from './service-details'

const methods = ['ANY', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE'] as const

export function Service() {
  const words = useText().apis.service
  return (
    <>
      <Destination />
      <Row gutter={16}>
        <Col span={6}>
          <Form.Item name={['backend', 'method']} label={words.method} initialValue="ANY">
            <Select options={methods.map((value) => ({ value, label: value === 'ANY' ? words.asRequest : value }))} />
          </Form.Item>
        </Col>
        <Col span={12}>
          <Form.Item name={['backend', 'path']} label={words.path} extra={words.pathHint} initialValue="/">
            <Input autoComplete="off" />
          </Form.Item>
        </Col>
        <Col span={6}>
          <Form.Item name={['backend', 'timeout_ms']} label={words.timeout} initialValue={10_000} rules={[{ required: true }]}>
            <InputNumber min={1} max={600_000} precision={0} suffix="ms" style={{ width: '100%' }} />
          </Form.Item>
        </Col>
      </Row>
      <ServiceDetails />
    </>
  )
}

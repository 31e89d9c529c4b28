// A service: where it is, or which one, and how it is called.
import { useQuery } from '@tanstack/react-query'
import { Col, Form, Input, InputNumber, Row, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import { serviceChoicesQuery } from '../around'
import { Destination } from './destination'
import { usePlace } from './place'
import { ServiceDetails } from './service-details'

const methods = ['ANY', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'TRACE'] as const

export function Service() {
  return (
    <>
      <Destination />
      <HowCalled of="http" />
    </>
  )
}

/** A backend service, which is somewhere else in each stage. */
export function ChosenService() {
  const words = useText().apis.service
  const { data, error, refetch } = useQuery(serviceChoicesQuery)
  return (
    <>
      {error && <FailureView error={error} retry={() => void refetch()} />}
      <Form.Item name={['backend', 'service']} label={words.service} rules={[{ required: true }]}>
        <Select loading={data === undefined} showSearch={{ optionFilterProp: 'label' }} notFoundContent={words.noChoice} options={data?.map(({ id, name }) => ({ value: id, label: name })) ?? []} />
      </Form.Item>
      <HowCalled of="service" />
    </>
  )
}

function HowCalled({ of }: { readonly of: 'http' | 'service' }) {
  const words = useText().apis.service
  const { field } = usePlace()
  return (
    <>
      <Row gutter={16}>
        <Col span={6}>
          <Form.Item name={field('backend', 'method')} label={words.method} initialValue="ANY">
            <Select options={methods.map((value) => ({ value, label: value === 'ANY' ? words.asRequest : value }))} />
          </Form.Item>
        </Col>
        <Col span={12}>
          <Form.Item name={field('backend', 'path')} label={words.path} extra={words.pathHint} initialValue="/">
            <Input autoComplete="off" />
          </Form.Item>
        </Col>
        <Col span={6}>
          <Form.Item name={field('backend', 'timeout_ms')} label={words.timeout} initialValue={10_000} rules={[{ required: true }]}>
            <InputNumber min={1} max={600_000} precision={0} suffix="ms" style={{ width: '100%' }} />
          </Form.Item>
        </Col>
      </Row>
      <ServiceDetails of={of} />
    </>
  )
}

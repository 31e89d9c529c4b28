// The plug-in `trafficControl`: limits on an API, its users and its apps, and limits by what calls carry. Either may be alone.
import { Col, Form, InputNumber, Radio, Row, Select, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { units } from '../settings'
import { PlugInSpecials } from './plug-in-specials'
import { Rules } from './rules'
import { Limit } from './throttling'
import { Variables } from './variables'

export function TrafficControlFields() {
  const words = useText().policies
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{words.byCaller}</Typography.Title>
      <Form.Item name={['settings', 'unit']} label={`${words.period}: ${words.unit}`} extra={words.byCallerHint}>
        <Select allowClear style={{ width: 200 }} options={units.map((value) => ({ value, label: words.units[value] }))} />
      </Form.Item>
      <Form.Item name={['settings', 'apiDefault']} label={words.api}>
        <InputNumber min={1} precision={0} style={{ width: 200 }} />
      </Form.Item>
      <Limit name="userDefault" label={words.user} />
      <Limit name="appDefault" label={words.app} />
      <Form.Item name={['settings', 'controlMode']} label={words.controlMode} extra={words.controlModeHint}>
        <Select allowClear style={{ width: 420 }} placeholder={words.controlModes.BUCKET} options={[{ value: 'FIX_WINDOW', label: words.controlModes.FIX_WINDOW }]} />
      </Form.Item>
      <PlugInSpecials dialect="alibaba" />
      <ByParameters />
    </>
  )
}

function ByParameters() {
  const words = useText().policies
  const scopes = (['API', 'PLUGIN'] as const).map((value) => ({ value, label: words.scopes[value] }))
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{words.byParameters}</Typography.Title>
      <Typography.Paragraph type="secondary">{words.byParametersHint}</Typography.Paragraph>
      <Form.Item name={['settings', 'scope']} label={words.type} getValueProps={(scope: string | undefined) => ({ value: scope ?? 'API' })}>
        <Radio.Group options={scopes} />
      </Form.Item>
      <Variables />
      <Rules />
      <DefaultLimit />
    </>
  )
}

function DefaultLimit() {
  const words = useText().policies
  const of = words.defaultLimit
  return (
    <section aria-label={of.title}>
      <Typography.Title level={3} style={{ fontSize: 14 }}>{of.title}</Typography.Title>
      <Row gutter={8}>
        <Count name="defaultLimit" label={of.limit} />
        <Count name="defaultPeriod" label={of.period} placeholder="1" />
        <Col span={6}>
          <Form.Item name={['settings', 'defaultTimeUnit']} label={of.unit}>
            <Select allowClear placeholder={words.units.SECOND} options={units.map((value) => ({ value, label: words.units[value] }))} />
          </Form.Item>
        </Col>
        <Count name="defaultRetryAfter" label={of.retryAfter} suffix="s" />
      </Row>
    </section>
  )
}

interface CountProps {
  readonly name: string
  readonly label: string
  readonly placeholder?: string
  readonly suffix?: string
}

function Count({ name, label, ...input }: CountProps) {
  return (
    <Col span={6}>
      <Form.Item name={['settings', name]} label={label}>
        <InputNumber min={1} precision={0} style={{ width: '100%' }} {...input} />
      </Form.Item>
    </Col>
  )
}

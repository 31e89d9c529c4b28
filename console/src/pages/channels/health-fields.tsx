// How members are asked whether they are well. What is not spoken has no path.
import { Form, Input, InputNumber, Radio, Switch } from 'antd'
import { useText } from '../../i18n/text'

const protocols = ['tcp', 'http', 'https'] as const
const methods = ['GET', 'HEAD'] as const

export const freshHealth = { enabled: false, protocol: 'tcp', method: 'GET', port: 0, healthy_after: 2, unhealthy_after: 5, timeout_s: 5, interval_s: 10 } as const

export function HealthFields() {
  const t = useText()
  const isOn: boolean | undefined = Form.useWatch(['health', 'enabled'])
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ padding: 0 }}>{t.channels.health}</legend>
      <Form.Item name={['health', 'enabled']} label={t.channels.healthOn} valuePropName="checked">
        <Switch />
      </Form.Item>
      {isOn && <Asked />}
    </fieldset>
  )
}

function Asked() {
  const t = useText()
  const speaksHttp = Form.useWatch(['health', 'protocol']) !== 'tcp'
  return (
    <>
      <Form.Item name={['health', 'protocol']} label={t.channels.protocol}>
        <Radio.Group optionType="button" options={protocols.map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      {speaksHttp && (
        <>
          <Form.Item name={['health', 'method']} label={t.channels.method}>
            <Radio.Group optionType="button" options={methods.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name={['health', 'path']} label={t.channels.path} rules={[{ required: true }]}>
            <Input placeholder="/health" />
          </Form.Item>
          <Form.Item name={['health', 'codes']} label={t.channels.codes} extra={t.channels.codesHint} rules={[{ required: true }]}>
            <Input placeholder="200-299" />
          </Form.Item>
        </>
      )}
      <Threshold name="port" label={t.channels.checkPort} hint={t.channels.checkPortHint} from={0} to={65535} />
      <Threshold name="healthy_after" label={t.channels.healthyAfter} hint={t.channels.healthyAfterHint} from={1} to={10} />
      <Threshold name="unhealthy_after" label={t.channels.unhealthyAfter} hint={t.channels.unhealthyAfterHint} from={1} to={10} />
      <Threshold name="timeout_s" label={t.channels.timeout} hint={t.channels.timeoutHint} from={1} to={30} />
      <Threshold name="interval_s" label={t.channels.interval} hint={t.channels.intervalHint} from={1} to={300} />
    </>
  )
}

interface ThresholdProps {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly from: number
  readonly to: number
}

function Threshold({ name, label, hint, from, to }: ThresholdProps) {
  return (
    <Form.Item name={['health', name]} label={label} extra={hint} rules={[{ required: true }]}>
      <InputNumber min={from} max={to} precision={0} style={{ width: 200 }} />
    </Form.Item>
  )
}

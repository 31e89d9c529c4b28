// What a new service and a changed one have in common, and what its definitions ask for, by its kind.
import { Checkbox, Form, Input } from 'antd'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import { Access, Channel } from '../apis/wizard/destination'
import { Mock } from '../apis/wizard/mock'
import type { ServiceKind } from './queries'

/** As long as the interface takes it. */
const DESCRIPTION_AT_MOST = 180

export function ServiceFields() {
  const t = useText()
  return (
    <>
      <NameField extra={t.backendServices.nameHint} />
      <AboutField />
    </>
  )
}

export function AboutField() {
  const t = useText()
  return (
    <Form.Item name="description" label={t.common.description}>
      <Input.TextArea rows={2} maxLength={DESCRIPTION_AT_MOST} />
    </Form.Item>
  )
}

export function TargetFields({ kind }: { readonly kind: ServiceKind }) {
  if (kind === 'mock') return <Mock at={['target']} />
  return (
    <>
      {kind === 'http' && <Address />}
      {kind === 'access' && <Access at={['target']} />}
      {kind === 'channel' && <Channel at={['target']} />}
      <HowSpokenTo />
    </>
  )
}

function Address() {
  const t = useText()
  return (
    <Form.Item name={['target', 'to', 'url']} label={t.apis.service.url} extra={t.backendServices.urlHint} rules={[{ required: true }]}>
      <Input autoComplete="off" placeholder="http://127.0.0.1:8080" />
    </Form.Item>
  )
}

function HowSpokenTo() {
  const words = useText().apis.service
  return (
    <>
      <Form.Item name={['target', 'host']} label={words.host} extra={words.hostHint}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name={['target', 'verify_certificate']} valuePropName="checked">
        <Checkbox>{words.verify}</Checkbox>
      </Form.Item>
    </>
  )
}

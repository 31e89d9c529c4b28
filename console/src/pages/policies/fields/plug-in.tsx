// A plug-in's content: by fields, or as the text that both clouds' interfaces take. What fields do not show stays in both.
import { Flex, Form, Input, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { Act } from '../../../ui/act'
import type { Dialect } from '../../groups/queries'
import type { PolicyKind } from '../families'
import { type FormSettings, fitsForm, inFields, isUnsaid, understood, written } from '../form-settings'
import { settingsText } from '../settings'
import { IpControlFields } from './access'
import { CorsFields } from './cors'
import { BackendSignatureFields } from './signature-key'
import { RateLimitFields } from './throttling'
import { TrafficControlFields } from './traffic-control'

interface Props {
  readonly dialect: Dialect
  readonly kind: PolicyKind
}

export function PlugInFields({ dialect, kind }: Props) {
  const words = useText().policies
  const form = Form.useFormInstance()
  // Its whole, also what has no field.
  const settings = Form.useWatch<FormSettings | undefined>('settings', { form, preserve: true }) ?? {}
  const become = (next: FormSettings) => form.setFieldValue('settings', next)
  if (typeof settings !== 'string') {
    return (
      <>
        <Switch hint={words.asFieldsHint} label={words.asText} why={isUnsaid(settings) ? words.asTextWhyNot : undefined} onClick={() => become(settingsText(written(dialect, settings)))} />
        <Fields dialect={dialect} kind={kind} />
      </>
    )
  }
  const read = understood(settings)
  const fits = fitsForm(read)
  return (
    <>
      <Switch hint={words.asTextHint[dialect]} label={words.asFields} why={fits ? undefined : words.asFieldsWhyNot} onClick={() => fits && become(inFields(read))} />
      <AsText dialect={dialect} kind={kind} />
    </>
  )
}

interface SwitchProps {
  readonly hint: string
  readonly label: string
  readonly why: string | undefined
  readonly onClick: () => void
}

function Switch({ hint, label, why, onClick }: SwitchProps) {
  return (
    <Flex gap={8} align="center" wrap style={{ marginBottom: 16 }}>
      <Typography.Text type="secondary">{hint}</Typography.Text>
      <Act size="small" why={why} onClick={onClick}>{label}</Act>
    </Flex>
  )
}

function AsText({ dialect, kind }: Props) {
  const words = useText().policies
  const hints: Readonly<Partial<Record<PolicyKind, string>>> = words.textHints[dialect]
  // Where plug-ins are texts, the gateway says what is wrong with one; elsewhere it gets the object, so there must be one.
  const isObject = (_: unknown, text: string) => (dialect === 'alibaba' || typeof understood(text ?? '') !== 'string' ? Promise.resolve() : Promise.reject(new Error(words.asTextUnread)))
  return (
    <Form.Item name="settings" label={words.settings} extra={hints[kind]} rules={[{ required: true }, { validator: isObject }]} validateTrigger="onSubmit">
      <Input.TextArea rows={12} spellCheck={false} style={{ fontFamily: 'monospace' }} />
    </Form.Item>
  )
}

function Fields({ dialect, kind }: Props) {
  switch (kind) {
    case 'throttle':
      return <TrafficControlFields />
    case 'rate_limit':
      return <RateLimitFields />
    case 'address_list':
      return <IpControlFields />
    case 'signature_key':
      return <BackendSignatureFields />
    case 'cors':
      return <CorsFields dialect={dialect} />
    // These are no plug-ins.
    case 'account_list':
    case 'account_id_list':
      return null
  }
}

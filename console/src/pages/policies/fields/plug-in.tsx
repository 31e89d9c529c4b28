// A plug-in's data: by fields, or as the text that Alibaba Cloud's interface takes. What fields do not show stays in both.
import { Flex, Form, Input, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { Act } from '../../../ui/act'
import type { PolicyKind } from '../families'
import { type FormSettings, fitsForm, opened, settingsText, understood, written } from '../settings'
import { IpControlFields } from './access'
import { CorsFields } from './cors'
import { BackendSignatureFields } from './signature-key'
import { TrafficControlFields } from './throttling'

export function PlugInFields({ kind }: { readonly kind: PolicyKind }) {
  const t = useText()
  const form = Form.useFormInstance()
  // Its whole, also what has no field.
  const settings = Form.useWatch<FormSettings | undefined>('settings', { form, preserve: true })
  const isText = typeof settings === 'string'
  const readable = !isText || fitsForm(understood(settings))
  const become = (next: FormSettings) => form.setFieldValue('settings', next)
  const asText = () => become(settingsText(written((settings ?? {}) as FormSettings)))
  const asFields = () => become(opened({ dialect: 'alibaba', settings: settings as never }))
  return (
    <>
      <Flex gap={8} align="center" wrap style={{ marginBottom: 16 }}>
        <Typography.Text type="secondary">{isText ? t.policies.asTextHint : t.policies.asFieldsHint}</Typography.Text>
        {isText ? <Act size="small" why={readable ? undefined : t.policies.asFieldsWhyNot} onClick={asFields}>{t.policies.asFields}</Act> : <Act size="small" onClick={asText}>{t.policies.asText}</Act>}
      </Flex>
      {isText ? <AsText kind={kind} /> : <Fields kind={kind} />}
    </>
  )
}

function AsText({ kind }: { readonly kind: PolicyKind }) {
  const t = useText()
  const hints: Readonly<Partial<Record<PolicyKind, string>>> = t.policies.textHints
  return (
    <Form.Item name="settings" label={t.policies.settings} extra={hints[kind]} rules={[{ required: true }]}>
      <Input.TextArea rows={12} spellCheck={false} style={{ fontFamily: 'monospace' }} />
    </Form.Item>
  )
}

function Fields({ kind }: { readonly kind: PolicyKind }) {
  switch (kind) {
    case 'throttle':
      return <TrafficControlFields />
    case 'address_list':
      return <IpControlFields />
    case 'signature_key':
      return <BackendSignatureFields />
    case 'cors':
      return <CorsFields dialect="alibaba" />
    // The dialect has none.
    case 'account_list':
    case 'account_id_list':
    case 'rate_limit':
      return null
  }
}

// Step one: what the API is called, who may call it.
import { Checkbox, Form, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../../i18n/text'
import { DescriptionField, NameField } from '../../../ui/form/common-fields'
import type { Dialect } from '../../groups/queries'

interface Props {
  readonly dialect: Dialect
  readonly groups?: ReactNode
}

const kinds = ['none', 'app'] as const
const appCodes = ['inherit', 'disabled', 'header', 'header_or_query'] as const
const methods = ['hmac_sha256', 'hmac_sha1'] as const
const visibilities = ['private', 'public'] as const

export function BasicStep({ dialect, groups }: Props) {
  const t = useText()
  const kind = Form.useWatch(['auth', 'kind'])
  return (
    <>
      {groups}
      <NameField extra={t.apis.basic.nameHint[dialect]} />
      <Form.Item name={['auth', 'kind']} label={t.apis.auth}>
        <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: t.apis.auths[value] }))} />
      </Form.Item>
      {kind === 'app' && <AppAuthentication dialect={dialect} />}
      <Form.Item name="visibility" label={t.apis.visibility}>
        <Radio.Group optionType="button" options={visibilities.map((value) => ({ value, label: t.apis.visibilities[value] }))} />
      </Form.Item>
      <DescriptionField />
      <Form.Item name="tags" label={t.apis.tags}>
        <Select mode="tags" open={false} tokenSeparators={[',', ' ']} />
      </Form.Item>
    </>
  )
}

/** One cloud names signature methods and nonces; the other has one method, which carries its own. */
function AppAuthentication({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  return (
    <>
      <Form.Item name={['auth', 'app_code']} label={t.apis.basic.appCode}>
        <Select options={appCodes.map((value) => ({ value, label: t.groups.appCodes[value] }))} />
      </Form.Item>
      <Form.Item name={['auth', 'signature_methods']} label={t.apis.basic.signatureMethods} hidden={dialect !== 'alibaba'}>
        <Checkbox.Group options={methods.map((value) => ({ value, label: t.apis.basic.signatures[value] }))} />
      </Form.Item>
      <Form.Item name={['auth', 'nonce_required']} valuePropName="checked" hidden={dialect !== 'alibaba'}>
        <Checkbox>{t.apis.basic.nonce}</Checkbox>
      </Form.Item>
    </>
  )
}

// What a new certificate and one in another's place have in common.
import { Form } from 'antd'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import { PemInput } from '../../ui/form/pem-input'

interface Props {
  /** What is replaced keeps chain and key where they are left empty. */
  readonly of: 'new' | 'replaced'
}

export function CertificateFields({ of }: Props) {
  const t = useText()
  const rules = of === 'new' ? [{ required: true }] : []
  const orStays = of === 'replaced' ? ` ${t.certificates.orStays}` : ''
  return (
    <>
      <NameField />
      <Form.Item name="chain" label={t.certificates.chain} extra={`${t.certificates.chainHint}${orStays}`} rules={rules}>
        <PemInput what="CERTIFICATE" />
      </Form.Item>
      <Form.Item name="key" label={t.certificates.key} extra={`${t.certificates.keyHint}${orStays}`} rules={rules}>
        <PemInput what="PRIVATE KEY" />
      </Form.Item>
      <Form.Item name="client_authority" label={t.certificates.clientAuthority} extra={t.certificates.clientAuthorityHint}>
        <PemInput what="CERTIFICATE" />
      </Form.Item>
    </>
  )
}

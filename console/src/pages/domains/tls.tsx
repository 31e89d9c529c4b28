// How a domain is called over TLS.
import { Form, Radio, Select } from 'antd'
import { useText } from '../../i18n/text'
import { Confirmation } from '../../ui/form/confirmation'
import { EditForm } from '../../ui/form/edit-form'
import { FormDialog } from '../../ui/form-dialog'
import { type Choice, Pick } from '../../ui/pick/pick'
import { findCertificates } from '../certificates/queries'
import { type DomainRow, type DomainTls, domainsKey, secureDomain } from './queries'

interface Props {
  readonly domain: DomainRow | undefined
  readonly close: () => void
}

interface Draft {
  readonly tls: DomainTls
}

const DEFAULTS = { certificate: null, clients: 'not_asked', http: 'http1_and_2', plain: 'answered', policy_name: null, versions: 'tls12_and_13' } as const satisfies DomainTls

export function SecureDomain({ domain, close }: Props) {
  const t = useText()
  return (
    <FormDialog open={domain !== undefined} title={t.domains.secureOne(domain?.host ?? '')} close={close}>
      {domain && (
        <EditForm<Draft, unknown>
          initial={{ tls: { ...DEFAULTS, ...domain.tls } }}
          save={({ tls }) => secureDomain(domain, tls)}
          touches={[domainsKey]}
          done={t.common.saved}
          then={close}
          submit={t.common.save}
          cancel={close}
        >
          <TlsFields known={chosen(domain)} clients={domain.tls?.clients ?? DEFAULTS.clients} />
        </EditForm>
      )}
    </FormDialog>
  )
}

function chosen({ tls, certificateName }: DomainRow): readonly Choice[] {
  return tls?.certificate ? [{ value: tls.certificate, label: certificateName ?? tls.certificate }] : []
}

interface FieldsProps {
  readonly known: readonly Choice[]
  /** What callers have had to show until now. */
  readonly clients: DomainTls['clients']
}

function TlsFields({ known, clients }: FieldsProps) {
  const t = useText()
  const wanted: DomainTls['clients'] = Form.useWatch(['tls', 'clients'], Form.useFormInstance()) ?? clients
  return (
    <>
      <Form.Item name={['tls', 'certificate']} label={t.certificates.one} extra={t.domains.certificateHint}>
        <Pick label={t.certificates.one} find={findCertificates} known={known} />
      </Form.Item>
      <Form.Item name={['tls', 'plain']} label={t.domains.plain}>
        <Radio.Group optionType="button" options={options(t.domains.plains)} />
      </Form.Item>
      <Form.Item name={['tls', 'versions']} label={t.domains.versions}>
        <Radio.Group optionType="button" options={options(t.domains.versionNames)} />
      </Form.Item>
      <Form.Item name={['tls', 'http']} label={t.domains.http}>
        <Radio.Group optionType="button" options={options(t.domains.httpNames)} />
      </Form.Item>
      <Form.Item name={['tls', 'clients']} label={t.domains.clients} extra={t.domains.clientsHint}>
        <Select options={options(t.domains.clientNames)} />
      </Form.Item>
      {clients === 'not_asked' && wanted !== 'not_asked' && <Confirmation effect={t.domains.clientsEffect} />}
    </>
  )
}

function options(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }))
}

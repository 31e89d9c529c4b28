// The gateway's own authority: whom callers trust who call its subdomains over HTTPS.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Button, Descriptions, Form } from 'antd'
import { useText } from '../../i18n/text'
import { CopyButton } from '../../ui/copy'
import { FormDialog } from '../../ui/form/form-dialog'
import { PemInput } from '../../ui/form/pem-input'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { Expiry } from '../certificates/expiry'
import { factLines } from '../certificates/facts'
import { authorityKey, authorityQuery, type AuthorityDraft, CA_URL, replaceAuthority } from './queries'

export function AuthoritySection() {
  const t = useText()
  const time = useTime()
  const { data: authority } = useSuspenseQuery(authorityQuery)
  const actions = (
    <>
      <Button href={CA_URL} download="ca.pem">{t.instance.download}</Button>
      <CopyButton label={t.instance.copyAuthority} text={() => authority.certificate} />
      <ReplaceAuthority />
    </>
  )
  return (
    <Section title={t.instance.authority} actions={actions}>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { label: t.instance.signsFor, children: authority.names.join(', ') },
          { label: t.instance.renewedUntil, children: <Expiry at={authority.renewed_until} /> },
          { label: t.certificates.ends, children: <Expiry at={authority.facts.not_after} /> },
          ...factLines(t, authority.facts, time).filter(({ children }) => children !== ''),
        ]}
      />
    </Section>
  )
}

function ReplaceAuthority() {
  const t = useText()
  return (
    <FormDialog<AuthorityDraft, unknown> label={t.instance.replaceAuthority} title={t.instance.replaceAuthority} destroys={t.instance.replaceEffect} initial={{}} save={replaceAuthority} touches={[authorityKey]} done={t.common.saved} submit={t.certificates.replace}>
      <Form.Item name="certificate" label={t.certificates.one} extra={t.instance.authorityHint} rules={[{ required: true }]}>
        <PemInput what="CERTIFICATE" />
      </Form.Item>
      <Form.Item name="key" label={t.certificates.key} extra={t.certificates.keyHint} rules={[{ required: true }]}>
        <PemInput what="PRIVATE KEY" />
      </Form.Item>
    </FormDialog>
  )
}

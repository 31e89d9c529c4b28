import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { CertificateFields } from './fields'
import { type CertificateDraft, certificateQuery, certificatesKey, replaceCertificate } from './queries'

const route = getRouteApi('/known/certificates/$certificate/edit')

export function EditCertificate() {
  const t = useText()
  const navigate = useNavigate()
  const { data: certificate } = useSuspenseQuery(certificateQuery(route.useParams().certificate))
  const leave = () => void navigate(paths.certificate(certificate.id))
  const { name, client_authority, domains = [] } = certificate
  return (
    <Page title={t.certificates.replaceOne(name)}>
      {domains.length > 0 && <Alert type="info" showIcon title={t.certificates.replaceEffect(domains.join(', '))} />}
      <EditForm<CertificateDraft, unknown>
        initial={{ name, client_authority: client_authority ?? null }}
        save={(draft) => replaceCertificate(certificate, draft)}
        touches={[certificatesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.certificates.replace}
        cancel={leave}
      >
        <CertificateFields of="replaced" />
      </EditForm>
    </Page>
  )
}

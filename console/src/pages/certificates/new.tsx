import { useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { CertificateFields } from './fields'
import { type Certificate, type CertificateDraft, certificatesKey, createCertificate } from './queries'

export function NewCertificate() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Page title={t.certificates.create}>
      <EditForm<CertificateDraft, Certificate>
        initial={{}}
        save={(draft) => createCertificate(filled(draft))}
        touches={[certificatesKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.certificate(id))}
        submit={t.certificates.create}
        cancel={() => void navigate(paths.certificates())}
      >
        <CertificateFields of="new" />
      </EditForm>
    </Page>
  )
}

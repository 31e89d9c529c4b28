import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { yaml } from '../../ui/yaml'
import { certificateDocument } from './document'
import { Expiry } from './expiry'
import { factLines } from './facts'
import { certificateQuery, certificatesKey, deleteCertificate } from './queries'

const route = getRouteApi('/known/certificates/$certificate')

export function CertificateOverview() {
  const t = useText()
  const time = useTime()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: certificate } = useSuspenseQuery(certificateQuery(route.useParams().certificate))
  const { id, name, chain, client_authority, facts, domains = [] } = certificate
  const inUse = domains.length > 0 ? t.certificates.inUse : undefined
  const actions = (
    <>
      <CopyCurl path={`/api/v1/certificates/${id}`} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(certificateDocument(certificate))} />
      <CopyButton label={t.certificates.copyChain} text={() => chain} />
      <Act type="primary" why={readOnly} onClick={() => void navigate(paths.editCertificate(id))}>{t.certificates.replace}</Act>
      <DeleteButton name={name} effect={t.certificates.deleteEffect} why={inUse} run={() => deleteCertificate(certificate)} touches={[[...certificatesKey, 'list']]} then={() => void navigate(paths.certificates())} />
    </>
  )
  return (
    <Page title={name} actions={actions}>
      <Facts
        id={id}
        since={certificate}
        items={[
          { label: t.certificates.ends, children: <Expiry at={facts.not_after} /> },
          { label: t.certificates.usedBy, children: domains.length > 0 ? <Flex gap={4} wrap>{domains.map((host) => <Tag key={host}>{host}</Tag>)}</Flex> : t.common.none },
          { label: t.certificates.clientAuthority, children: client_authority ? <CopyButton size="small" label={t.common.copy} text={() => client_authority} /> : t.common.none },
          ...factLines(t, facts, time),
        ]}
      />
    </Page>
  )
}

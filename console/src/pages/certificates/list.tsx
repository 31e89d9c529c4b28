import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { certificateDocument } from './document'
import { Expiry } from './expiry'
import { type Certificate, certificatesKey, certificatesQuery, deleteCertificate } from './queries'

const route = getRouteApi('/known/certificates')

export function CertificateList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(certificatesQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Certificate>(search)
  const actions = useActionsColumn<Certificate>((certificate) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editCertificate(certificate.id))}>{t.certificates.replace}</Act>
      <DeleteButton size="small" name={certificate.name} effect={t.certificates.deleteEffect} run={() => deleteCertificate(certificate)} touches={[certificatesKey]} />
    </Flex>
  ))
  const add = <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newCertificate())}>{t.certificates.create}</Act>
  return (
    <Page title={t.certificates.title} actions={<><CopyCurl path="/api/v1/certificates" query={{ search: search.search }} />{add}</>}>
      <List<Certificate>
        label={t.certificates.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={certificateDocument} />
            <DeleteMany rows={rows} name={({ name }) => name} run={deleteCertificate} touches={[certificatesKey]} clear={clear} effect={t.certificates.deleteEffect} />
          </>
        )}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.certificate(id)}>{name}</Link> },
          { key: 'names', title: t.certificates.names, render: (_, { facts }) => facts.names.join(', ') },
          { key: 'ends', title: t.certificates.ends, render: (_, { facts }) => <Expiry at={facts.not_after} /> },
          { key: 'algorithm', title: t.certificates.algorithm, render: (_, { facts }) => facts.algorithm },
          created,
          actions,
        ]}
        empty={t.certificates.empty}
      />
    </Page>
  )
}

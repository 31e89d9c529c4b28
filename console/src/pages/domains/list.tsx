import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { groupQuery } from '../groups/queries'
import { GroupTabs } from '../groups/tabs'
import { stagesOfQuery } from '../stages/queries'
import { BindDomain, FixDomain, NamePatterns } from './dialogs'
import { domainDocument } from './document'
import { SecureDomain } from './tls'
import { type Domain, type DomainRow, domainsKey, domainsQuery, isWildcard, unbindDomain } from './queries'

const route = getRouteApi('/known/groups/$group/domains')

export function DomainList() {
  const t = useText()
  const search = route.useSearch()
  const readOnly = useReadOnlyReason()
  const { data: group } = useSuspenseQuery(groupQuery(route.useParams().group))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(group.dialect))
  const { data: page } = useSuspenseQuery(domainsQuery(group.id, search))
  const [binding, setBinding] = useState(false)
  const [naming, setNaming] = useState<Domain>()
  const [fixing, setFixing] = useState<Domain>()
  const [securing, setSecuring] = useState<DomainRow>()
  const created = useCreatedColumn<DomainRow>(search)
  const stageOf = ({ stage }: Domain) => stages.find(({ id }) => id === stage)?.name ?? stage ?? undefined
  const document = (domain: DomainRow) => domainDocument(domain, group, stageOf(domain))
  const actions = useActionsColumn<DomainRow>((domain) => (
    <Flex gap={8}>
      <CopyButton size="small" label={t.common.copyYaml} text={() => yaml(document(domain))} />
      <Act size="small" why={readOnly} onClick={() => setFixing(domain)}>{t.domains.fix}</Act>
      <Act size="small" why={isWildcard(domain.host) ? readOnly : t.domains.patternsWhyNot} onClick={() => setNaming(domain)}>{t.domains.patterns}</Act>
      <Act size="small" why={readOnly} onClick={() => setSecuring(domain)}>HTTPS</Act>
      <DeleteButton size="small" label={t.domains.unbind} name={domain.host} effect={t.domains.unbindEffect} run={() => unbindDomain(domain)} touches={[domainsKey]} />
    </Flex>
  ))
  return (
    <Page
      title={t.domains.titleOf(group.name, t.domains.title[group.dialect])}
      actions={<><CopyCurl path={`/api/v1/groups/${group.id}/domains`} query={{ search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => setBinding(true)}>{t.domains.bind}</Act></>}
    >
      <GroupTabs group={group.id} here="domains" />
      <List<DomainRow>
        label={t.domains.title[group.dialect]}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={document} />
            <DeleteMany rows={rows} name={({ host }) => host} run={unbindDomain} touches={[domainsKey]} clear={clear} effect={t.domains.unbindEffect} />
          </>
        )}
        columns={[
          { ...byName(search, t.domains.host), render: (_, { host }) => <Typography.Text copyable={{ tooltips: false }}>{host}</Typography.Text> },
          { key: 'patterns', title: t.domains.patterns, render: (_, { patterns = [] }) => <Flex gap={4} wrap>{patterns.map((pattern) => <Tag key={pattern}>{pattern}</Tag>)}</Flex> },
          { key: 'stage', title: t.terms[group.dialect].stage, render: (_, domain) => (domain.stage ? <Tag>{stageOf(domain)}</Tag> : t.domains.anyStage) },
          {
            key: 'certificate',
            title: t.certificates.one,
            render: (_, { tls, certificateName }) => (tls?.certificate ? <Link {...paths.certificate(tls.certificate)}>{certificateName}</Link> : t.domains.ownAuthority),
          },
          { key: 'plain', title: 'HTTP', render: (_, { tls }) => t.domains.plains[tls?.plain ?? 'answered'] },
          created,
          actions,
        ]}
        empty={t.domains.empty}
      />
      <BindDomain open={binding} group={group} stages={stages} close={() => setBinding(false)} />
      <SecureDomain domain={securing} close={() => setSecuring(undefined)} />
      <NamePatterns domain={naming} close={() => setNaming(undefined)} />
      <FixDomain domain={fixing} stages={stages} close={() => setFixing(undefined)} />
    </Page>
  )
}

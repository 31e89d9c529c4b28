import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
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
import { deleteService, inOrder, type ServiceRow, serviceKinds, servicesKey, servicesQuery, stagesQuery } from './queries'
import { serviceDocument } from './target'

const route = getRouteApi('/known/backend-services')

export function ServiceList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: page } = useSuspenseQuery(servicesQuery(queries, search))
  const { data: stages } = useSuspenseQuery(stagesQuery)
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<ServiceRow>(search)
  const words = t.backendServices
  const stageName = (stage: string) => stages.find(({ id }) => id === stage)?.name ?? stage
  const document = (service: ServiceRow) => serviceDocument(service, service.places, stageName)
  const defined = ({ definitions = [] }: ServiceRow) => inOrder(stages).filter(({ id }) => definitions.some(({ stage }) => stage === id))
  const actions = useActionsColumn<ServiceRow>((service) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editBackendService(service.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={service.name} effect={words.deleteEffect} run={() => deleteService(service)} touches={[servicesKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly ServiceRow[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={document} />
      <DeleteMany rows={rows} name={({ name }) => name} run={deleteService} touches={[servicesKey]} clear={clear} effect={words.deleteEffect} />
    </>
  )
  const add = (
    <>
      <CopyCurl path="/api/v1/backend-services" query={{ search: search.search, kind: search.kind }} />
      <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newBackendService())}>{words.create}</Act>
    </>
  )
  return (
    <Page title={words.title} actions={add}>
      <List<ServiceRow>
        label={words.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'kind', label: words.kind, options: serviceKinds.map((value) => ({ value, label: words.kinds[value] })) }]}
        rowKey={({ id }) => id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.backendService(id)}>{name}</Link> },
          { key: 'kind', title: words.kind, render: (_, { kind }) => words.kinds[kind] },
          { key: 'definitions', title: words.definedIn, render: (_, service) => <Flex gap={4} wrap>{defined(service).map(({ id, name }) => <Link key={id} {...paths.backendService(service.id, { tab: id })}><Tag>{name}</Tag></Link>)}</Flex> },
          { key: 'description', title: t.common.description, dataIndex: 'description', ellipsis: true },
          created,
          actions,
        ]}
        empty={words.empty}
      />
    </Page>
  )
}

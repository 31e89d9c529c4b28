// A service, in four tabs: the drafts that use it, and each stage with its definition and what is published there.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { Drafts } from './drafts'
import { deleteService, inOrder, type ServiceRow, serviceQuery, servicesKey, stagesQuery, usersQuery } from './queries'
import { Results } from './results'
import { InStage } from './stage'
import { serviceDocument } from './target'

const route = getRouteApi('/known/backend-services/$service')
const DRAFTS = 'drafts'

export function ServiceOverview() {
  const t = useText()
  const patch = useSearchPatch()
  const { tab, task } = route.useSearch()
  const { data: service } = useSuspenseQuery(serviceQuery(useQueryClient(), route.useParams().service))
  const { data: stages } = useSuspenseQuery(stagesQuery)
  const words = t.backendServices
  const all = inOrder(stages)
  const shown = all.find(({ id }) => id === tab)
  const items = [{ key: DRAFTS, label: words.drafts }, ...all.map(({ id, name }) => ({ key: id, label: name }))]
  return (
    <Page title={service.name} actions={<Actions service={service} />}>
      <Facts
        id={service.id}
        items={[
          { label: words.kind, children: words.kinds[service.kind] },
          { label: t.common.description, children: service.description },
        ]}
      />
      <Tabs
        activeKey={shown?.id ?? DRAFTS}
        destroyOnHidden
        items={items.map((item) => ({ ...item, children: item.key === (shown?.id ?? DRAFTS) ? shown ? <InStage service={service} stage={shown} /> : <Drafts service={service} /> : null }))}
        onChange={(key) => patch({ tab: key === DRAFTS ? undefined : key, size: undefined, sort: undefined })}
      />
      {task !== undefined && <Results key={task} task={task} close={() => patch({ task: undefined })} />}
    </Page>
  )
}

function Actions({ service }: { readonly service: ServiceRow }) {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: users } = useSuspenseQuery(usersQuery(service.id))
  const { data: stages } = useSuspenseQuery(stagesQuery)
  const words = t.backendServices
  const stageName = (stage: string) => stages.find(({ id }) => id === stage)?.name ?? stage
  const isUsed = users.drafts + users.published > 0
  return (
    <>
      <CopyCurl path={`/api/v1/backend-services/${service.id}`} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(serviceDocument(service, service.places, stageName))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editBackendService(service.id))}>{t.common.edit}</Act>
      <DeleteButton
        name={service.name}
        effect={words.deleteEffect}
        why={isUsed ? words.used(users.drafts, users.published) : undefined}
        run={() => deleteService(service)}
        touches={[[...servicesKey, 'list']]}
        then={() => void navigate(paths.backendServices())}
      />
    </>
  )
}

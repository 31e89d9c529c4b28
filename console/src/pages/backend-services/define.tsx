// Where a service is to be in a stage. What is published there follows: which APIs these are is said before.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { AboutField, TargetFields } from './fields'
import { type Defined, define, publishedQuery, type PublishedRow, serviceQuery, servicesKey, stagesQuery } from './queries'
import { freshTarget, targetOf } from './target'

interface Draft {
  readonly target: object
  readonly description: string
}

const route = getRouteApi('/known/backend-services/$service/definitions/$stage')

export function DefineService() {
  const t = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { service: id, stage } = route.useParams()
  const { data: service } = useSuspenseQuery(serviceQuery(queries, id))
  const { data: stages } = useSuspenseQuery(stagesQuery)
  const { data: users } = useSuspenseQuery(publishedQuery(queries, id, stage, {}))
  const words = t.backendServices
  const stageName = stages.find((one) => one.id === stage)?.name ?? stage
  const before = service.definitions?.find((definition) => definition.stage === stage)
  const count = users.total ?? 0
  const back = (task?: string) => void navigate(paths.backendService(id, { tab: stage, ...(task !== undefined && { task }) }))
  return (
    <Page title={words.defineIn(service.name, stageName)}>
      <EditForm<Draft, Defined>
        draft={`backend-services/${id}/${stage}`}
        initial={{ target: before?.target ?? freshTarget(service.kind), description: before?.description ?? '' }}
        save={({ target, description }) => define(service, stage, { target: targetOf(service.kind, target), description })}
        touches={[servicesKey]}
        done={t.common.saved}
        then={({ task }) => back(task?.id)}
        submit={count > 0 ? words.publishFor(count) : t.terms.alibaba.publish}
        cancel={() => back()}
      >
        <TargetFields kind={service.kind} />
        <AboutField />
        {count > 0 && <Alert type="warning" showIcon title={words.followEffect(count, stageName)} description={named(readable<PublishedRow>(users), count)} style={{ marginBottom: 16 }} />}
      </EditForm>
    </Page>
  )
}

/** The first of them, by name. */
function named(rows: readonly PublishedRow[], count: number): string {
  const names = rows.map(({ groupName, apiName }) => `${groupName} / ${apiName}`).join(', ')
  return count > rows.length ? `${names}, …` : names
}

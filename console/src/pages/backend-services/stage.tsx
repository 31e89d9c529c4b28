// A service in a stage: where it is, and what is published there that uses it.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Flex } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { List } from '../../ui/list/list'
import { useSearchPatch } from '../../ui/list/use-search'
import { Section } from '../../ui/section'
import { State } from '../../ui/state'
import { useTime } from '../../ui/time'
import type { Stage } from '../stages/queries'
import { DefinitionView } from './definition'
import { type Definition, define, publishedQuery, type PublishedRow, type ServiceRow, servicesKey } from './queries'
import { follows, whereTo } from './target'

const route = getRouteApi('/known/backend-services/$service')

interface Props {
  readonly service: ServiceRow
  readonly stage: Stage
}

export function InStage({ service, stage }: Props) {
  const t = useText()
  const time = useTime()
  const { tab: _tab, task: _task, ...search } = route.useSearch()
  const { data: page } = useSuspenseQuery(publishedQuery(useQueryClient(), service.id, stage.id, search))
  const words = t.backendServices
  const definition = service.definitions?.find((one) => one.stage === stage.id)
  const behind = readable<PublishedRow>(page).filter(({ service }) => service && !follows(service.target, definition))
  return (
    <Flex vertical gap={16}>
      <DefinitionView service={service} stage={stage} definition={definition} users={page.total ?? 0} />
      <Section title={words.published(stage.name)}>
        {definition !== undefined && behind.length > 0 && <Behind service={service} definition={definition} count={behind.length} />}
        <List<PublishedRow>
          label={words.published(stage.name)}
          page={page}
          search={search as typeof search & Record<string, unknown>}
          rowKey={({ id }) => id}
          columns={[
            { key: 'group', title: t.apis.group, render: (_, { group, groupName }) => <Link {...paths.group(group)}>{groupName}</Link> },
            { key: 'api', title: t.apis.one, render: (_, { api, apiName }) => <Link {...paths.api(api)}>{apiName}</Link> },
            { key: 'follows', title: words.callsGo, render: (_, row) => <CallsGo row={row} definition={definition} /> },
            { key: 'since', title: t.apis.overview.since, render: (_, { since }) => time(since) },
          ]}
          empty={words.publishedEmpty(stage.name)}
        />
      </Section>
    </Flex>
  )
}

function CallsGo({ row: { service, places }, definition }: { readonly row: PublishedRow; readonly definition: Definition | undefined }) {
  const t = useText()
  if (!service) return null
  const where = whereTo(t, service.target, places)
  return <State tone={follows(service.target, definition) ? 'success' : 'warning'}>{follows(service.target, definition) ? where : t.backendServices.still(where)}</State>
}

interface BehindProps {
  readonly service: ServiceRow
  readonly definition: Definition
  readonly count: number
}

/** The same definition once more makes a task for those that do not follow it yet. */
function Behind({ service, definition: { stage, target, description }, count }: BehindProps) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const patch = useSearchPatch()
  const change = useChange({
    run: () => define(service, stage, { target, description: description ?? '' }),
    touches: [servicesKey],
    then: ({ task }) => patch({ task: task?.id }),
  })
  const again = <Act size="small" why={readOnly} loading={change.isPending} onClick={() => change.mutate(undefined)}>{t.backendServices.followAgain}</Act>
  return <Alert type="warning" showIcon title={t.backendServices.behind(count)} action={again} />
}

import { getRouteApi, Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import type { Messages } from '../../i18n/types'
import { paths } from '../../paths'
import { Facts } from '../../ui/facts'
import { PoliciesOfApi } from '../policies/of-api'
import { ApiPage } from './api-page'
import { fullPath } from './call'
import { Deployments } from './publish/deployments-table'
import { ParametersTable } from './parameters-table'
import type { Definition } from './queries'
import { useApi } from './use-api'
import { type BackendPolicy, conditionText } from './wizard/policies/definition'

const route = getRouteApi('/known/apis/$api')

export function ApiOverview() {
  const t = useText()
  const about = useApi(route.useParams().api)
  const { api, group } = about
  const { definition } = api
  const { request, backend_policies: policies = [] } = definition
  const words = t.apis
  return (
    <ApiPage about={about} tab="overview">
      <Flex vertical gap={16}>
        <Deployments about={about} />
        <PoliciesOfApi api={api.id} group={group} online={about.online} stageName={about.stageName} />
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>{words.overview.definition}</Typography.Title>
        <Facts
          id={api.id}
          since={api}
          items={[
            { label: words.group, children: <Link {...paths.group(group.id)}>{group.name}</Link> },
            { label: words.path, children: <code>{`${request.method} ${fullPath(group, request.path)}`}</code> },
            { label: words.request.match, children: words.request.matches[request.match_mode ?? 'exact'] },
            { label: words.request.protocols, children: request.protocols?.map((one) => words.request.protocolNames[one]).join(', ') },
            { label: words.request.mode, children: words.request.modes[request.mode ?? 'mapping'] },
            { label: words.auth, children: words.auths[definition.auth.kind] },
            { label: words.backend, children: <Backend backend={definition.backend} /> },
            ...(policies.length > 0 ? [{ label: t.backendPolicies.title, children: <Policies policies={policies} /> }] : []),
            { label: t.common.description, children: definition.description },
          ]}
        />
        <ParametersTable definition={definition} />
      </Flex>
    </ApiPage>
  )
}

/** In the order in which they are looked at. */
function Policies({ policies }: { readonly policies: readonly BackendPolicy[] }) {
  const words = useText().backendPolicies
  return (
    <ol style={{ margin: 0, paddingInlineStart: 20 }}>
      {policies.map(({ name, effect_mode, conditions, backend }) => (
        <li key={name}>
          {name}: {conditions.map((condition) => conditionText(condition, words)).join(effect_mode === 'all' ? words.allOf : words.anyOf)} → <Backend backend={backend} />
        </li>
      ))}
    </ol>
  )
}

function Backend({ backend }: { readonly backend: Definition['backend'] }) {
  const words = useText().apis.service
  if (backend.kind === 'mock') return <>{`${words.kinds.mock} · ${backend.status ?? 200}`}</>
  const { method, path } = backend
  const where = backend.kind === 'service' ? <Link {...paths.backendService(backend.service)}>{words.kinds.service}</Link> : whereTo(backend.to, words.destinations)
  return <code>{method === 'ANY' || method === undefined ? words.asRequest : method} {where}{path ?? '/'}</code>
}

function whereTo(to: Schemas['Destination'], names: Messages['apis']['service']['destinations']): string {
  if (to.kind === 'address') return to.url
  if (to.kind === 'access') return over(to.scheme, `${names.access} ${to.access}`)
  if (to.kind === 'named_access') return over(to.scheme, `${names.named_access} ${to.name}`)
  return `${names.channel} ${to.channel}`
}

/** A place, with the scheme that is spoken there when the API chooses it. */
function over(scheme: Schemas['Scheme'] | null | undefined, place: string): string {
  return scheme ? `${place} (${scheme})` : place
}

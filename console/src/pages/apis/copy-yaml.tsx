// The API as a document of `paifang apply`. Where its backend is named by an id, its name is read first.
import { useQuery } from '@tanstack/react-query'
import { useText } from '../../i18n/text'
import { CopyButton } from '../../ui/copy'
import { yaml } from '../../ui/yaml'
import { accessChoicesQuery, channelChoicesQuery, serviceChoicesQuery } from './around'
import { apiDocument } from './document'
import type { AboutApi } from './use-api'

export function CopyYaml({ about }: { readonly about: AboutApi }) {
  const t = useText()
  const { api, group, online, stageName } = about
  const { backend, backend_policies: policies = [] } = api.definition
  const all = [backend, ...policies.map((policy) => policy.backend)]
  const named = new Set(all.map((one) => (one.kind === 'http' ? one.to.kind : one.kind)))
  const accesses = useQuery({ ...accessChoicesQuery, enabled: named.has('access') })
  const channels = useQuery({ ...channelChoicesQuery, enabled: named.has('channel') })
  const services = useQuery({ ...serviceChoicesQuery, enabled: named.has('service') })
  const needed = [named.has('access') && accesses, named.has('channel') && channels, named.has('service') && services]
  const missing = needed.find((read) => read && !read.data)
  const why = missing ? (missing.error?.message ?? t.common.loading) : undefined
  const text = () => {
    const backends = new Map([...(accesses.data ?? []), ...(channels.data ?? []), ...(services.data ?? [])].map(({ id, name }) => [id, name]))
    return yaml(apiDocument(api, { group, stages: online.map(({ stage }) => stageName(stage)), backends }))
  }
  return <CopyButton label={t.common.copyYaml} why={why} text={text} />
}

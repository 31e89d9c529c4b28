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
  const { backend } = api.definition
  const to = backend.kind === 'http' ? backend.to.kind : backend.kind
  const accesses = useQuery({ ...accessChoicesQuery, enabled: to === 'access' })
  const channels = useQuery({ ...channelChoicesQuery, enabled: to === 'channel' })
  const services = useQuery({ ...serviceChoicesQuery, enabled: to === 'service' })
  const read = { access: accesses, channel: channels, service: services, address: undefined, mock: undefined }[to]
  const why = read === undefined || read.data ? undefined : (read.error?.message ?? t.common.loading)
  const text = () => {
    const backends = new Map([...(accesses.data ?? []), ...(channels.data ?? []), ...(services.data ?? [])].map(({ id, name }) => [id, name]))
    return yaml(apiDocument(api, { group, stages: online.map(({ stage }) => stageName(stage)), backends }))
  }
  return <CopyButton label={t.common.copyYaml} why={why} text={text} />
}

// Where a service is: in one line, as a form has it, and as files have it.
import type { Messages } from '../../i18n/types'
import { filled } from '../../ui/form/filled'
import type { BackendService, Definition, Places, ServiceKind, Target } from './queries'

/** The access or the channel that it names. */
export function placeOf(target: Target): { readonly access?: string; readonly channel?: string } {
  if (target.kind === 'mock') return {}
  if (target.to.kind === 'access') return { access: target.to.access }
  return target.to.kind === 'channel' ? { channel: target.to.channel } : {}
}

export function whereTo(t: Messages, target: Target, places: Places): string {
  if (target.kind === 'mock') return `${t.apis.backends.mock}: ${target.status ?? 200}`
  const { to } = target
  if (to.kind === 'address') return to.url
  if (to.kind === 'access') return `${t.accesses.one}: ${to.scheme ? `${to.scheme}://` : ''}${places[to.access] ?? to.access}`
  if (to.kind === 'named_access') return `${t.accesses.one}: ${to.name}`
  return `${t.channels.one}: ${to.scheme ?? 'http'}://${places[to.channel] ?? to.channel}`
}

/** What a form begins with. */
export function freshTarget(kind: ServiceKind): object {
  if (kind === 'mock') return { status: 200, headers: [], body: '' }
  return { to: kind === 'channel' ? { scheme: 'http' } : {}, verify_certificate: true }
}

/** What a form holds, with the kinds that it does not ask for. */
export function targetOf(kind: ServiceKind, held: object): Target {
  const { to, ...rest } = filled(held) as { to?: object }
  if (kind === 'mock') return { kind, ...rest } as Target
  return { kind: 'http', to: { kind: kind === 'http' ? 'address' : kind, ...to }, ...rest } as Target
}

/** Whether what is published goes where the definition says. */
export function follows(target: Target, definition: Definition | undefined): boolean {
  return definition !== undefined && canonical(target) === canonical(definition.target)
}

/** The same text for the same target, in whatever order its members come. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1))) : inner,
  )
}

/** The service as `paifang apply` reads it: names in place of ids. */
export function serviceDocument(service: BackendService, places: Places, stageName: (stage: string) => string): Record<string, unknown> {
  const { name, kind, description, definitions = [] } = service
  const said = definitions.map(({ stage, target, description }) => ({ stage: stageName(stage), target: named(target, places), description: description || undefined }))
  return { kind: 'backend_service', name, service_kind: kind, description: description || undefined, definitions: said }
}

function named(target: Target, places: Places): object {
  if (target.kind === 'mock' || target.to.kind === 'address' || target.to.kind === 'named_access') return target
  const { to } = target
  return { ...target, to: to.kind === 'access' ? { ...to, access: places[to.access] ?? to.access } : { ...to, channel: places[to.channel] ?? to.channel } }
}

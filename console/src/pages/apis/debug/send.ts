// A call for the debugger, from what the form holds.
import { answer, client, type Schemas } from '../../../api/client'
import { present } from '../../../ui/list/search'
import type { Definition } from '../queries'

/** What came back, with the body that was sent, which the interface does not say again. */
export type Report = Schemas['DebugReport'] & { readonly sentBody?: string | undefined }
type Named = Schemas['DebugNamed']

export interface DebugValues {
  readonly scheme: 'http' | 'https'
  readonly method: string
  readonly suffix?: string
  readonly path?: Readonly<Record<string, string>>
  readonly query?: readonly Named[]
  readonly headers?: readonly Named[]
  readonly body?: string
  readonly authentication: 'none' | 'app_key' | 'app_code'
  readonly app?: string
  readonly source?: string
}

export async function send(api: string, definition: Definition, target: Schemas['DebugTarget'], values: DebugValues): Promise<Report> {
  const { scheme, method, query, headers, authentication: kind, app = '', body, source } = values
  const sentBody = hasBody(method) ? body || undefined : undefined
  const call = present({
    target,
    scheme,
    method,
    path: filled(definition.request.path, values.path ?? {}, values.suffix ?? ''),
    query: given(query),
    headers: given(headers),
    body: sentBody,
    source: source || undefined,
    authentication: kind === 'none' ? { kind } : { kind, app },
  })
  return { ...(await answer(client.POST('/api/v1/apis/{api}/debug', { params: { path: { api } }, body: call }))), sentBody }
}

export function hasBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH'
}

/** The path with its parameters filled in and encoded; one that takes the rest keeps its slashes. */
export function filled(path: string, values: Readonly<Record<string, string>>, suffix: string): string {
  const full = path.replaceAll(/\[([^\]]+)\]|\{([^}]+)\}/g, (_, square?: string, curly?: string) => {
    const name = square ?? curly ?? ''
    const value = values[name.replace(/\+$/, '')] ?? ''
    return name.endsWith('+') ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })
  if (suffix === '') return full
  return `${full.replace(/\/$/, '')}/${suffix.replace(/^\//, '')}`
}

function given(lines: readonly (Named | undefined)[] = []): Named[] {
  return lines.flatMap((line) => (line?.name ? [{ name: line.name, value: line.value ?? '' }] : []))
}

// How an API is called, as a line for the shell.
import type { Group } from '../groups/queries'
import { type Call, curl } from '../../ui/curl'
import type { Definition } from './queries'

/** The path of an API below its group's base path, with its parameters as they are written. */
export function fullPath(group: Group, path: string): string {
  const base = group.base_path ?? '/'
  return base === '/' ? path : `${base.replace(/\/$/, '')}${path === '/' ? '' : path}`
}

/** The call of a definition through the group's subdomain, for the stage named. */
export function callOf(definition: Definition, group: Group, address: string, stage: string): Call {
  const { method, path } = definition.request
  const headers = [{ name: 'Host', value: group.subdomain }]
  if (stage !== 'RELEASE') headers.push({ name: group.dialect === 'alibaba' ? 'X-Ca-Stage' : 'X-Stage', value: stage })
  if (definition.auth.kind === 'app') headers.push({ name: group.dialect === 'alibaba' ? 'Authorization' : 'X-Apig-AppCode', value: group.dialect === 'alibaba' ? 'APPCODE YOUR_APP_CODE' : 'YOUR_APP_CODE' })
  const spoken = method === 'ANY' ? 'GET' : method === 'MULTIPART' ? 'POST' : method
  return { method: spoken, url: `${address}${fullPath(group, path)}`, headers }
}

export function curlOf(definition: Definition, group: Group, address: string, stage: string): string {
  return curl(callOf(definition, group, address, stage))
}

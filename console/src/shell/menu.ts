// The menu: what stands where, in the order in which APIs come to life.
import type { LinkOptions } from '@tanstack/react-router'
import type { Messages } from '../i18n/types'
import { families } from '../pages/policies/families'
import { paths } from '../paths'

export interface MenuEntry {
  readonly label: string
  readonly link: LinkOptions
}

export interface MenuSection {
  readonly label: string
  readonly entries: readonly MenuEntry[]
}

export function menu(t: Messages): readonly MenuSection[] {
  return [
    {
      label: t.shell.sections.openApis,
      entries: [
        { label: t.groups.title, link: paths.groups() },
        { label: t.apis.title, link: paths.apis() },
        { label: t.stages.title, link: paths.stages() },
        { label: t.backendServices.title, link: paths.backendServices() },
        { label: t.accesses.title, link: paths.accesses() },
        { label: t.channels.title, link: paths.channels() },
        { label: t.certificates.title, link: paths.certificates() },
        ...families.map((family) => ({ label: t.policies.families[family].title, link: paths.policies(family) })),
      ],
    },
    {
      label: t.shell.sections.callers,
      entries: [
        { label: t.apps.title, link: paths.apps() },
        { label: t.grants.title, link: paths.grants() },
        { label: t.appQuotas.title, link: paths.appQuotas() },
        { label: t.blackLists.title, link: paths.blackLists() },
      ],
    },
    {
      label: t.shell.sections.gateway,
      entries: [
        { label: t.metrics.title, link: paths.metrics() },
        { label: t.instance.title, link: paths.instance() },
        { label: t.accessLists.title, link: paths.accessLists() },
        { label: t.users.title, link: paths.users() },
        { label: t.quotas.title, link: paths.quotas() },
        { label: t.audit.title, link: paths.audit() },
        { label: t.tasks.title, link: paths.tasks() },
        { label: t.nodes.title, link: paths.nodes() },
      ],
    },
  ]
}

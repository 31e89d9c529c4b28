// Where a policy is bound, as `paifang apply` reads it: by the names of policy, group, API and stage.
import type { BindingRow, GroupBindingRow, Policy } from './queries'

export function bindingDocument(policy: Policy, { named }: BindingRow): Record<string, unknown> {
  return { kind: 'binding', ...place(policy, named), apis: [named.api] }
}

export function groupBindingDocument(policy: Policy, { named }: GroupBindingRow): Record<string, unknown> {
  return { kind: 'group_binding', ...place(policy, named) }
}

/** With what one dialect alone has: policies of several kinds, and groups of both dialects, may share a name. */
function place({ dialect, kind, name }: Policy, { group, stage }: { readonly group: string; readonly stage: string }): Record<string, unknown> {
  return { policy: `${kind}/${name}`, group: `${dialect}/${group}`, stage }
}

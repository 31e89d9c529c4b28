// A group as `paifang apply` reads it.
import type { Group } from './queries'

export function groupDocument(group: Group): Record<string, unknown> {
  const { id: _id, account: _account, revision: _revision, created_at: _c, updated_at: _u, subdomain: _s, ...fields } = group
  return { kind: 'group', ...fields }
}

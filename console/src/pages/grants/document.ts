// A grant as `paifang apply` reads it: by the names of app, group, API and stage.
import type { GrantRow } from './queries'

export function grantDocument({ named, until, remark }: GrantRow): Record<string, unknown> {
  const { app, group, api, stage } = named
  return { kind: 'grant', apps: [app], group, apis: [api], stage, until: until ?? undefined, remark: remark || undefined }
}

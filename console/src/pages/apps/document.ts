// An app as `paifang apply` reads it, with the name of its quota. Its keys and codes are left out, and so left alone: their secrets are not read.
import type { App } from './queries'

export function appDocument({ name, description, access, frozen }: App, quota: string | undefined): Record<string, unknown> {
  return { kind: 'app', name, description: description || undefined, quota, access: access ?? undefined, frozen: frozen === true || undefined }
}

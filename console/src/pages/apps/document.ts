// An app as `paifang apply` reads it. Its keys and codes are left out, and so left alone: their secrets are not read.
import type { App } from './queries'

export function appDocument({ name, description, access, frozen }: App): Record<string, unknown> {
  return { kind: 'app', name, description: description || undefined, access: access ?? undefined, frozen: frozen === true || undefined }
}

// A certificate as `paifang apply` reads it; its key comes from outside.
import { present } from '../../ui/list/search'
import type { Certificate } from './queries'

export function certificateDocument({ name, chain, client_authority }: Certificate): Record<string, unknown> {
  return { kind: 'certificate', ...present({ name, chain, client_authority: client_authority ?? undefined }), key: reference(name) }
}

/** As `paifang export` names the variable that holds a certificate's key. */
function reference(name: string): string {
  return `\${env:KEY_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}}`
}

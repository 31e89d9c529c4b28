import { useText } from '../i18n/text'
import { State } from './state'

export function Enabled({ enabled }: { readonly enabled: boolean }) {
  const t = useText()
  return <State tone={enabled ? 'success' : 'default'}>{enabled ? t.users.enabled : t.users.disabled}</State>
}

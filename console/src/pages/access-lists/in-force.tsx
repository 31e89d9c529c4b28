// What the gateway does with the addresses of a list.
import { useText } from '../../i18n/text'
import { State } from '../../ui/state'
import type { AccessList } from './queries'

const tones = { allow: 'success', deny: 'error' } as const

export function InForce({ list: { enforced, entries = [] } }: { readonly list: AccessList }) {
  const t = useText()
  if (enforced == null) return <State tone="default">{t.accessLists.effects.nothing}</State>
  if (entries.length === 0) return <State tone="warning">{t.accessLists.waits}</State>
  return <State tone={tones[enforced]}>{t.accessLists.effects[enforced]}</State>
}

import { useText } from '../../i18n/text'
import { State, type Tone } from '../../ui/state'
import { word } from '../../ui/word'

const tones: Readonly<Record<string, Tone>> = { open: 'processing', waiting: 'processing', done: 'success', failed: 'error', canceled: 'warning' }

export function StateTag({ state }: { readonly state: string }) {
  const t = useText()
  return <State tone={tones[state] ?? 'default'}>{word(t.tasks.states, state)}</State>
}

export function ItemStateTag({ state }: { readonly state: string }) {
  const t = useText()
  return <State tone={tones[state] ?? 'default'}>{word(t.tasks.itemStates, state)}</State>
}

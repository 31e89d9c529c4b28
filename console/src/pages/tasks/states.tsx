import { Tag } from 'antd'
import { useText } from '../../i18n/text'
import { word } from '../../ui/word'

const colours: Readonly<Record<string, string>> = { open: 'processing', waiting: 'processing', done: 'success', failed: 'error', canceled: 'warning' }

export function StateTag({ state }: { readonly state: string }) {
  const t = useText()
  return <Tag color={colours[state] ?? 'default'}>{word(t.tasks.states, state)}</Tag>
}

export function ItemStateTag({ state }: { readonly state: string }) {
  const t = useText()
  return <Tag color={colours[state] ?? 'default'}>{word(t.tasks.itemStates, state)}</Tag>
}

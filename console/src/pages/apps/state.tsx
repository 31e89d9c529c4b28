import { useText } from '../../i18n/text'
import { State } from '../../ui/state'
import type { App } from './queries'

export function AppState({ app }: { readonly app: App }) {
  const t = useText()
  return <State tone={app.frozen === true ? 'warning' : 'success'}>{app.frozen === true ? t.apps.frozen : t.apps.active}</State>
}

// Whether a user, or an access key, is accepted. To accept it no longer cuts somebody off, so it asks to type DELETE.
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { DeleteButton } from '../../ui/delete-button'
import { usersKey } from './queries'

interface Props {
  readonly name: string
  readonly enabled: boolean
  readonly set: (enabled: boolean) => Promise<unknown>
  /** What happens when it is disabled. */
  readonly effect: string
  readonly why?: string | undefined
  readonly size?: 'small'
}

export function Enable({ name, enabled, set, effect, why, ...button }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const change = useChange({ run: () => set(true), touches: [usersKey], done: t.common.saved })
  if (!enabled) return <Act {...button} why={why ?? readOnly} loading={change.isPending} onClick={() => change.mutate(undefined)}>{t.users.enable}</Act>
  return <DeleteButton {...button} label={t.users.disable} name={name} title={t.users.disableTitle(name)} effect={effect} why={why} run={() => set(false)} touches={[usersKey]} done={t.common.saved} />
}

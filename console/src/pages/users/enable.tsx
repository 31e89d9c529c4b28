// Whether a user, or an access key, is accepted.
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { usersKey } from './queries'

interface Props {
  readonly enabled: boolean
  readonly set: (enabled: boolean) => Promise<unknown>
  readonly why?: string | undefined
  readonly size?: 'small'
}

export function Enable({ enabled, set, why, size }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const change = useChange({ run: set, touches: [usersKey], done: t.common.saved })
  return (
    <Act {...(size && { size })} why={why ?? readOnly} loading={change.isPending} onClick={() => change.mutate(!enabled)}>
      {enabled ? t.users.disable : t.users.enable}
    </Act>
  )
}

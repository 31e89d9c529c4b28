// Takes the right to call from apps: in one call, or by a task when there are too many for one.
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { type GrantRow, grantsKey, revokeGrants } from './queries'

interface Props {
  readonly grants: readonly GrantRow[]
  readonly then?: () => void
  readonly size?: 'small'
}

export function Revoke({ grants, then, size }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const task = useRef<string>(undefined)
  const [first] = grants
  const name = first && grants.length === 1 ? `${first.named.app} → ${first.named.api}` : t.grants.revokeMany(grants.length)
  const run = async () => {
    task.current = (await revokeGrants(grants))?.id
  }
  return (
    <DeleteButton
      {...(size && { size })}
      label={t.grants.revoke}
      title={t.grants.revokeTitle(name)}
      name={name}
      effect={t.grants.revokeEffect}
      why={grants.length === 0 ? t.grants.revokeNone : undefined}
      run={run}
      touches={[grantsKey]}
      done={t.grants.revoked}
      then={() => {
        then?.()
        if (task.current !== undefined) void navigate(paths.task(task.current))
      }}
    />
  )
}

// Who is left to take the calls of a channel after a change, as far as its owner decides: on, and of some weight.
import type { Member, MemberPatch } from './queries'

function takesCalls({ enabled = true, weight = 1 }: Pick<Member, 'enabled' | 'weight'>): boolean {
  return enabled && weight > 0
}

/** Whether nobody is when these are gone. */
export function stopsWithout(members: readonly Member[], gone: readonly Member[]): boolean {
  const rest = members.filter(({ id }) => !gone.some((one) => one.id === id))
  return members.some(takesCalls) && !rest.some(takesCalls)
}

/** Whether nobody is when these are changed. What a patch does not name stays. */
export function stopsWith(members: readonly Member[], patches: readonly MemberPatch[]): boolean {
  const changed = members.map((member) => {
    const { enabled, weight } = patches.find(({ id }) => id === member.id) ?? {}
    return { enabled: enabled ?? member.enabled ?? true, weight: weight ?? member.weight ?? 1 }
  })
  return members.some(takesCalls) && !changed.some(takesCalls)
}

// How many calls, in which period, and when that begins anew.
import type { Messages } from '../../i18n/types'
import { period } from '../policies/summary'
import type { AppQuota } from './queries'

/** In one line: so many calls per period. */
export function rate(t: Messages, { calls, interval, unit }: AppQuota): string {
  return t.policies.rate(calls.toLocaleString('en'), period(t.policies, interval, unit))
}

const SECONDS: Readonly<Record<AppQuota['unit'], number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 }

/** A period that is said to be longer is as long as this. */
const LONGEST_S = 2_147_483_647

/** When the period ends in which `now` is, in milliseconds; undefined: each app has periods of its own. */
export function nextReset({ first_reset, interval, unit }: Pick<AppQuota, 'first_reset' | 'interval' | 'unit'>, now: number): number | undefined {
  if (first_reset == null) return undefined
  const length = Math.min(interval * SECONDS[unit], LONGEST_S) * 1000
  return first_reset + (Math.floor((now - first_reset) / length) + 1) * length
}

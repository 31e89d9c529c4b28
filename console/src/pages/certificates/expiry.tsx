// Until when a certificate is good, and how near that is.
import { useText } from '../../i18n/text'
import { State, type Tone } from '../../ui/state'
import { useTime } from '../../ui/time'

const DAY_MS = 86_400_000
/** Authorities give ninety days and more; the gateway renews its own when so many are left. */
const SOON_DAYS = 30

export function Expiry({ at }: { readonly at: number }) {
  const t = useText()
  const time = useTime()
  const days = Math.floor((at - Date.now()) / DAY_MS)
  const left = days < 0 ? t.certificates.ended : t.certificates.daysLeft(days)
  return <State tone={tone(days)}>{time(at)} · {left}</State>
}

function tone(days: number): Tone {
  if (days < 0) return 'error'
  return days < SOON_DAYS ? 'warning' : 'success'
}

// Figures as people read them, in their language.
import { useSpoken } from '../../i18n/text'
import type { Metrics } from './queries'

const DAY_MS = 86_400_000
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

export function useFormats({ since, until }: Metrics) {
  const { code } = useSpoken()
  const compact = new Intl.NumberFormat(code, { maximumFractionDigits: 1, notation: 'compact' })
  const whole = new Intl.NumberFormat(code)
  const short = new Intl.NumberFormat(code, { maximumSignificantDigits: 3 })
  const clock = new Intl.DateTimeFormat(code, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dated = new Intl.DateTimeFormat(code, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    count: (value: number) => (value < 10_000 ? whole.format(value) : compact.format(value)),
    bytes: (value: number) => {
      const power = value < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(value) / 10))
      return `${short.format(value / 1024 ** power)} ${UNITS[power]}`
    },
    ms: (value: number | null | undefined) => (value === null || value === undefined ? '–' : value < 1000 ? `${short.format(value)} ms` : `${short.format(value / 1000)} s`),
    percent: (part: number, of: number) => (of === 0 ? '–' : new Intl.NumberFormat(code, { style: 'percent', maximumFractionDigits: 2 }).format(part / of)),
    axisTime: (ms: number) => (until - since > DAY_MS ? dated : clock).format(ms),
  }
}

// Times as people read them, in the language and the zone of the browser.
import { useSpoken } from '../i18n/text'

export function useTime(): (ms: number) => string {
  const { code } = useSpoken()
  const format = new Intl.DateTimeFormat(code, { dateStyle: 'medium', timeStyle: 'medium' })
  return (ms) => format.format(ms)
}

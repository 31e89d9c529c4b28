// A quota in words.
import { useText, useSpoken } from '../../i18n/text'
import { word } from '../../ui/word'
import type { Quota } from './queries'

export function useQuotaWords() {
  const t = useText()
  const { code } = useSpoken()
  return {
    what: ({ name, what }: Quota) => (t.quotas.names as Readonly<Record<string, string>>)[name.slice(name.indexOf('.') + 1)] ?? what,
    of: ({ name }: Quota) => {
      const of = name.slice(0, name.indexOf('.'))
      return of === 'alibaba' || of === 'huawei' ? t.terms[of].dialect : t.quotas.all
    },
    unit: ({ unit }: Quota) => word(t.quotas.units, unit),
    number: ({ unit }: Quota, value: number | null | undefined) =>
      typeof value === 'number' ? `${value.toLocaleString(code)} ${word(t.quotas.units, unit)}` : t.quotas.off,
  }
}

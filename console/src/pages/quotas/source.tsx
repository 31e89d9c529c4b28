// Why a number is what it is.
import { useText } from '../../i18n/text'
import { useTime } from '../../ui/time'
import type { Quota } from './queries'

export function SourceText({ source }: { readonly source: Quota['source'] }) {
  const t = useText()
  const time = useTime()
  return source.kind === 'profile' ? t.quotas.profiles[source.profile] : t.quotas.changedBy(source.by, time(source.at))
}

// What kinds of policies are called.
import type { Messages } from '../../i18n/types'
import { word } from '../../ui/word'
import { familyOf, kindsOf } from './families'
import type { Policy } from './queries'

/** What the dialect calls it. */
export function kindName({ policies: words }: Messages, { dialect, kind }: Pick<Policy, 'dialect' | 'kind'>): string {
  const family = familyOf(kind)
  const name = word(words.kinds[dialect], family)
  return kindsOf(family, dialect).length > 1 ? `${name}: ${words.entities[kind]}` : name
}

// What a certificate says of itself, as lines of a description.
import type { Messages } from '../../i18n/types'
import type { Facts } from './queries'

interface Line {
  readonly label: string
  readonly children: string
}

export function factLines({ certificates: words }: Messages, facts: Facts, time: (ms: number) => string): Line[] {
  return [
    { label: words.names, children: facts.names.join(', ') },
    { label: words.subject, children: facts.subject },
    { label: words.issuer, children: facts.issuer },
    { label: words.begins, children: time(facts.not_before) },
    { label: words.algorithm, children: facts.algorithm },
    { label: words.serial, children: facts.serial },
    { label: words.fingerprint, children: facts.fingerprint },
  ]
}

// The words of the page. `useText().groups.title` is checked when compiled: a key that is missing in any language is
// an error there.
import { createContext, use } from 'react'
import type { LanguageCode } from './languages'
import type { Messages } from './types'

export interface Spoken {
  readonly code: LanguageCode
  readonly messages: Messages
  readonly change: (code: LanguageCode) => void
}

export const SpokenContext = createContext<Spoken | undefined>(undefined)

export function useSpoken(): Spoken {
  const spoken = use(SpokenContext)
  if (spoken === undefined) throw new Error('no language is loaded yet')
  return spoken
}

export function useText(): Messages {
  return useSpoken().messages
}

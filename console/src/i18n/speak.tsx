// Loads the language that is spoken and gives its words to the page. The old words stay until the new ones are there.
import { type ReactNode, useEffect, useState } from 'react'
import { type LanguageCode, load, preferred, remember } from './languages'
import { SpokenContext } from './text'
import type { Language } from './types'

interface Loaded {
  readonly code: LanguageCode
  readonly language: Language
}

interface Props {
  readonly children: (language: Language) => ReactNode
}

export function Speak({ children }: Props) {
  const [code, setCode] = useState(preferred)
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    let wanted = true
    document.documentElement.lang = code
    void load(code).then((language) => {
      if (wanted) setLoaded({ code, language })
    })
    return () => {
      wanted = false
    }
  }, [code])

  if (loaded === undefined) return null
  const change = (next: LanguageCode) => {
    remember(next)
    setCode(next)
  }
  const spoken = { code: loaded.code, messages: loaded.language.messages, change }
  return <SpokenContext value={spoken}>{children(loaded.language)}</SpokenContext>
}

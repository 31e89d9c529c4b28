// What was typed into a form and not saved yet, kept in this tab.
import { useState } from 'react'

interface Draft<Values> {
  /** What is left from the last time. */
  readonly kept: Values | undefined
  readonly keep: (values: Values) => void
  readonly discard: () => void
}

export function useDraft<Values>(name: string | undefined): Draft<Values> {
  const key = `paifang.draft.${name}`
  const [kept, setKept] = useState(() => (name === undefined ? undefined : read<Values>(key)))
  return {
    kept,
    keep: (values) => {
      if (name !== undefined) sessionStorage.setItem(key, JSON.stringify(values))
    },
    discard: () => {
      sessionStorage.removeItem(key)
      setKept(undefined)
    },
  }
}

function read<Values>(key: string): Values | undefined {
  const text = sessionStorage.getItem(key)
  try {
    return text === null ? undefined : (JSON.parse(text) as Values)
  } catch {
    return undefined
  }
}

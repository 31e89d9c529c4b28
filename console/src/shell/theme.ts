// Light, dark, or as the system has it.
import { createContext, use, useState, useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type ThemeName = (typeof themes)[number]

const KEY = 'paifang.theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')

export interface Themed {
  readonly chosen: ThemeName
  readonly isDark: boolean
  readonly choose: (theme: ThemeName) => void
}

export const ThemeContext = createContext<Themed | undefined>(undefined)

export function useTheme(): Themed {
  const themed = use(ThemeContext)
  if (themed === undefined) throw new Error('no theme is set')
  return themed
}

export function useThemeState(): Themed {
  const [chosen, setChosen] = useState(stored)
  const systemIsDark = useSyncExternalStore(listen, () => system.matches)
  const isDark = chosen === 'system' ? systemIsDark : chosen === 'dark'
  const choose = (theme: ThemeName) => {
    localStorage.setItem(KEY, theme)
    setChosen(theme)
  }
  return { chosen, isDark, choose }
}

function stored(): ThemeName {
  const name = localStorage.getItem(KEY)
  return themes.find((theme) => theme === name) ?? 'system'
}

function listen(changed: () => void): () => void {
  system.addEventListener('change', changed)
  return () => system.removeEventListener('change', changed)
}

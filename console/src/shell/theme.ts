// Light, dark, or as the system has it; and whether anything moves.
import { createContext, use, useCallback, useState, useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type ThemeName = (typeof themes)[number]

const KEY = 'paifang.theme'
const darkness = window.matchMedia('(prefers-color-scheme: dark)')
const stillness = window.matchMedia('(prefers-reduced-motion: reduce)')

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
  const systemIsDark = useMatch(darkness)
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

/** Whether who looks at it asked for less motion (WCAG 2.2, 2.3.3). */
export function useIsStill(): boolean {
  return useMatch(stillness)
}

function useMatch(query: MediaQueryList): boolean {
  const listen = useCallback(
    (changed: () => void) => {
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(listen, () => query.matches)
}

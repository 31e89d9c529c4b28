// Which languages there are, which one is spoken, and how its words are fetched: each is a file of its own.
import type { Language } from './types'

export const languages = ['en', 'zh-CN'] as const
export type LanguageCode = (typeof languages)[number]

const KEY = 'paifang.language'

const loaders: Record<LanguageCode, () => Promise<Language>> = {
  en: () => import('./en').then(({ messages, widgets }) => ({ messages, widgets })),
  'zh-CN': () => import('./zh').then(({ messages, widgets }) => ({ messages, widgets })),
}

export function load(code: LanguageCode): Promise<Language> {
  return loaders[code]()
}

/** What was chosen, or what the browser asks for. */
export function preferred(): LanguageCode {
  const chosen = localStorage.getItem(KEY)
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export function remember(code: LanguageCode): void {
  localStorage.setItem(KEY, code)
}

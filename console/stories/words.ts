// The console's own words, so that a story can be walked through in each language.
import type { Messages } from '../src/i18n/types'
import type { Look } from './browser'

type Files = Record<string, Record<string, unknown>>

const files: Record<Look['language'], Files> = {
  en: import.meta.glob(['../src/i18n/en/*.ts', '!**/index.ts'], { eager: true }),
  'zh-CN': import.meta.glob(['../src/i18n/zh/*.ts', '!**/index.ts'], { eager: true }),
}

/** Without the words of the widgets, which only a browser can load. */
export function words({ language }: Look): Messages {
  return Object.assign({}, ...Object.values(files[language])) as Messages
}

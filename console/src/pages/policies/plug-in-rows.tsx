// What plug-ins that limit calls say, as their pages show it.
import type { Messages } from '../../i18n/types'
import { word } from '../../ui/word'
import type { Dialect } from '../groups/queries'
import { Entries } from './entries'
import { type Group, wordsOf } from './plug-in-specials'
import { type Settings, settingsText } from './settings'
import type { Row } from './settings-rows'
import { period, unit } from './summary'

type Words = Messages['policies']

const TRAFFIC_CONTROL = ['unit', 'apiDefault', 'userDefault', 'appDefault', 'controlMode', 'specials', 'scope', 'parameters', 'rules', 'defaultLimit', 'defaultPeriod', 'defaultTimeUnit', 'defaultRetryAfter']

export function trafficControlRows(words: Words, settings: Settings): readonly Row[] {
  const more = Object.fromEntries(Object.entries(settings).filter(([member]) => !TRAFFIC_CONTROL.includes(member)))
  const text = (label: string, given: unknown, said: (given: unknown) => string): Row => ({ label, children: given === undefined || given === null ? undefined : said(given) })
  const { parameters, rules, scope, defaultLimit: limit } = settings
  return [
    text(words.period, settings['unit'], () => unit(words, settings['unit'])),
    text(words.api, settings['apiDefault'], String),
    text(words.user, settings['userDefault'], String),
    text(words.app, settings['appDefault'], String),
    text(words.controlMode, settings['controlMode'], () => words.controlModes.FIX_WINDOW),
    specialsRow(words, settings, 'alibaba', (app) => app),
    text(words.type, scope, () => word(words.scopes, String(scope))),
    lines(words.variables.title, Object.entries((parameters ?? {}) as Record<string, string>).map(([name, from]) => `${name}: ${from}`)),
    lines(words.rules.title, ((rules ?? []) as readonly Rule[]).map((rule) => said(words, rule))),
    text(words.defaultLimit.title, limit, () => words.rate(String(limit), period(words, settings['defaultPeriod'], settings['defaultTimeUnit']))),
    text(words.defaultLimit.retryAfter, settings['defaultRetryAfter'], String),
    lines(words.more, Object.keys(more).length > 0 ? [settingsText(more).trim()] : []),
  ]
}

interface Rule {
  readonly name: string
  readonly byParameters: string
  readonly condition?: string
  readonly limit: number
  readonly period?: number
  readonly timeUnit?: string
}

function said(words: Words, { name, byParameters, condition, limit, period: interval, timeUnit }: Rule): string {
  return words.rules.said(name, words.rate(String(limit), period(words, interval, timeUnit)), byParameters, condition)
}

/** Callers with numbers of their own. */
export function specialsRow(words: Words, settings: Settings, dialect: Dialect, appName: (app: string) => string): Row {
  const { types, limit } = wordsOf[dialect]
  const all = ((settings['specials'] ?? []) as readonly Group[]).flatMap(({ type, policies = [] }) =>
    policies.map((caller) => (type === types.app ? `${words.specialTypes.app} ${appName(String(caller?.key))}: ${caller?.[limit]}` : `${words.specialTypes.user} ${caller?.key}: ${caller?.[limit]}`)),
  )
  return lines(words.specials, all)
}

function lines(label: string, all: readonly string[]): Row {
  return { label, children: all.length === 0 ? undefined : <Entries label={label} all={all} /> }
}

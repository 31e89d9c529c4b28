// Settings as a form has them: by members, or as the text that a plug-in's content is. Both are the same draft: what no field
// shows stays in either, and a text that fields could not show whole stays a text.
import { parse } from 'yaml'
import { filled } from '../../ui/form/filled'
import { path } from '../../ui/form/pointer'
import type { Dialect } from '../groups/queries'
import type { Policy } from './queries'
import { entriesOf, isEntries, type Settings, settingsText } from './settings'

export type FormSettings = Settings | string

/** A variable of a plug-in: the interface has them by name, a form line by line. */
export interface Variable {
  readonly name?: string
  readonly from?: string
}

/** Settings as a form begins with them. YAML stays as it was written until somebody asks for fields, which know no comments. */
export function opened({ settings }: Pick<Policy, 'settings'>): FormSettings {
  const given: unknown = settings
  const read = typeof given === 'string' ? (fromJson(given) ?? given) : (given as Settings)
  return fitsForm(read) ? inFields(read) : settingsText(read)
}

/** Settings as the interface takes them: a text that is no JSON goes as it is where plug-ins are texts. */
export function written(dialect: Dialect, form: FormSettings): Policy['settings'] {
  const settings = typeof form !== 'string' ? filled(outOfFields(form)) : dialect === 'alibaba' ? (fromJson(form) ?? form) : understood(form)
  return settings as Policy['settings']
}

/** The object that settings are, or that JSON or YAML says; or else the text. */
export function understood(settings: unknown): FormSettings {
  return typeof settings === 'string' ? (fromJson(settings) ?? fromYaml(settings) ?? settings) : (settings as Settings)
}

function fromJson(text: string): Settings | undefined {
  return objectOf(() => JSON.parse(text))
}

function fromYaml(text: string): Settings | undefined {
  return objectOf(() => parse(text, { logLevel: 'error' }))
}

function objectOf(read: () => unknown): Settings | undefined {
  try {
    const value = read()
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Members that are lists of objects, wherever they stand. */
const LISTS = ['specials', 'policies', 'rules', 'items']

/** Whether fields would show them whole: lists are lists, and no field gets what it cannot show. */
export function fitsForm(settings: FormSettings): settings is Settings {
  return typeof settings !== 'string' && Object.entries(settings).every(fits)
}

function fits([member, value]: [string, unknown]): boolean {
  // Rules of Huawei's plug-in have no fields.
  if (member === 'rules' && Array.isArray(value) && value.some((rule) => isObject(rule) && 'rule_name' in rule)) return false
  if (LISTS.includes(member)) return Array.isArray(value) && value.every((item) => isObject(item) && fitsForm(item))
  if (member === 'parameters') return isObject(value) ? Object.values(value).every((from) => typeof from === 'string') : isEmptyList(value)
  if (member === 'blocks' || isEntries(member)) return isPlain(value) || (Array.isArray(value) && value.every(isPlain))
  return isPlain(value)
}

/** A number that JavaScript would round is better left in its text. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number' ? !Number.isInteger(value) || Number.isSafeInteger(value) : typeof value !== 'object' || value === null
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

export function inFields(settings: Settings): Settings {
  const change = ([member, value]: [string, unknown]) => [member, isEntries(member) ? entriesOf(value) : member === 'parameters' ? lines(value) : value]
  return Object.fromEntries(Object.entries(settings).map(change))
}

function lines(parameters: unknown): Variable[] {
  return isObject(parameters) ? Object.entries(parameters).map(([name, from]) => ({ name, from: String(from) })) : []
}

function outOfFields(form: Settings): Settings {
  const change = ([member, value]: [string, unknown]) => {
    if (isEntries(member) && Array.isArray(value)) return [member, value.join(', ')]
    return [member, member === 'parameters' ? byName(variables(form)) : value]
  }
  return Object.fromEntries(Object.entries(form).map(change))
}

function byName(all: readonly Variable[]): Record<string, string> | undefined {
  return all.length === 0 ? undefined : Object.fromEntries(all.map(({ name = '', from = '' }) => [name, from]))
}

/** The variables that a form has, but for lines that are empty. */
export function variables(form: FormSettings | undefined): readonly Variable[] {
  const all = typeof form === 'object' ? form['parameters'] : undefined
  return Array.isArray(all) ? all.filter((one: Variable | undefined) => one?.name || one?.from) : []
}

/** Whether a variable lacks its name or its place, or two have one name: no text says that. */
export function isUnsaid(form: FormSettings | undefined): boolean {
  const all = variables(form)
  return all.some(({ name, from }) => !name || !from) || new Set(all.map(({ name }) => name)).size < all.length
}

/** Where the form has what the interface complains of. */
export function fieldOf(form: FormSettings, pointer: string): string {
  const [settings, member, name] = path(pointer)
  if (typeof form === 'string' || settings !== 'settings' || member !== 'parameters' || name === undefined) return pointer
  const all = form['parameters'] as readonly (Variable | undefined)[]
  const index = all.findIndex((one) => one?.name === String(name))
  return index < 0 ? '/settings/parameters' : `/settings/parameters/${index}/from`
}

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { expect, test } from 'vitest'
import { lines } from '../../ui/form/lines-input'
import { dialectsOfFamily, families, familyOf, firstKind, kinds, kindsOf } from './families'
import { fieldOf, fitsForm, isUnsaid, opened, understood, written } from './form-settings'
import { withCaller } from './plug-in-specials'
import { fresh, namedApps, namesUsers, policyDocument, settingsText } from './settings'

test('every kind has a family, and every family a first kind in each of its dialects', () => {
  expect(families.flatMap((family) => kindsOf(family)).toSorted()).toEqual(kinds.toSorted())
  for (const family of families) for (const dialect of dialectsOfFamily(family)) expect(familyOf(firstKind(family, dialect))).toBe(family)
  expect(kindsOf('access-control', 'alibaba')).toEqual(['address_list'])
  expect(kindsOf('throttling', 'alibaba')).toEqual(['throttle'])
})

const open = (settings: unknown) => opened({ settings: settings as never })

test('entries between commas are lines in a form, and settings again', () => {
  const form = open({ acl_type: 'PERMIT', acl_value: '192.0.2.0/24,2001:db8::1' })
  expect(form).toEqual({ acl_type: 'PERMIT', acl_value: ['192.0.2.0/24', '2001:db8::1'] })
  expect(written('huawei', form)).toEqual({ acl_type: 'PERMIT', acl_value: '192.0.2.0/24, 2001:db8::1' })
  expect(written('alibaba', { ...fresh('alibaba', 'cors'), allowOrigins: ['*'], allowMethods: [], maxAge: null })).toEqual({ allowOrigins: '*', allowCredentials: false })
})

test('a plug-in in JSON begins as fields, one in YAML as the text that it is', () => {
  expect(open('{"type":"ALLOW","items":[{"blocks":["192.0.2.1"],"appId":7}]}')).toEqual({ type: 'ALLOW', items: [{ blocks: ['192.0.2.1'], appId: 7 }] })
  expect(open('type: ALLOW # all\n')).toBe('type: ALLOW # all\n')
  expect(written('alibaba', 'type: ALLOW # all\n')).toBe('type: ALLOW # all\n')
  expect(understood('type: ALLOW # all\n')).toEqual({ type: 'ALLOW' })
  expect(understood('a: [1')).toBe('a: [1')
  expect(understood('[1]')).toBe('[1]')
})

const plugIn = {
  unit: 'SECOND',
  apiDefault: 100,
  blockingMode: 'QUICK_RETURN',
  specials: [{ type: 'APP', policies: [{ key: 10123123, value: 10 }] }],
  parameters: { user: 'Header:X-User', ip: 'System:CaClientIp' },
  rules: [{ name: 'each', byParameters: 'user, ip', limit: 1 }],
}

test('fields and text of a plug-in say the same, what has no field included', () => {
  const form = open(plugIn)
  expect(form).toMatchObject({ parameters: [{ name: 'user', from: 'Header:X-User' }, { name: 'ip', from: 'System:CaClientIp' }] })
  expect(written('alibaba', form)).toEqual(plugIn)
  const text = settingsText(written('alibaba', form))
  expect(written('huawei', text)).toEqual(plugIn)
  expect(understood(text)).toEqual(plugIn)
})

test('a text that fields could not show whole stays a text', () => {
  const fits = (settings: unknown) => fitsForm(understood(settings))
  expect(fits(plugIn)).toBe(true)
  for (const text of ['specials: none', 'rules: [1]', 'parameters: [{ name: a }]', 'unit: { of: SECOND }', 'specials: [{ type: APP, policies: [{ key: 12345678901234567890, value: 1 }] }]', 'a: [1']) expect(fits(text), text).toBe(false)
})

test('parameters without a name, a place or a name of their own have no text', () => {
  const of = (...parameters: readonly object[]) => isUnsaid({ parameters })
  expect(of({ name: 'a', from: 'Path' }, {})).toBe(false)
  expect(of({ name: 'a', from: '' })).toBe(true)
  expect(of({ from: 'Path' })).toBe(true)
  expect(of({ name: 'a', from: 'Path' }, { name: 'a', from: 'Method' })).toBe(true)
})

test('a complaint about a parameter stands at its line', () => {
  const form = open(plugIn)
  expect(fieldOf(form, '/settings/parameters/ip')).toBe('/settings/parameters/1/from')
  expect(fieldOf(form, '/settings/parameters')).toBe('/settings/parameters')
  expect(fieldOf(form, '/settings/rules/0/limit')).toBe('/settings/rules/0/limit')
  expect(fieldOf('unit: SECOND', '/settings/parameters/ip')).toBe('/settings/parameters/ip')
})

test('a caller is added to those of its type', () => {
  const apps = withCaller([], 'APP')
  expect(apps).toEqual([{ type: 'APP', policies: [{}] }])
  expect(withCaller(withCaller(apps, 'USER'), 'APP')).toEqual([{ type: 'APP', policies: [{}, {}] }, { type: 'USER', policies: [{}] }])
})

test('what has no field stays', () => {
  const specials = [{ object_type: 'APP', object_id: 'a', call_limits: 5 }]
  expect(written('huawei', open({ time_unit: 'DAY', api_call_limits: 9, specials }))).toMatchObject({ specials })
})

test('a document names apps by their names; one that names users there is none of', () => {
  const policy = (kind: string, settings: object) => ({ dialect: 'huawei', kind, name: 'gold', settings }) as never
  const plugIn = policy('rate_limit', { scope: 'basic', specials: [{ type: 'app', policies: [{ key: 'a', limit: 5 }] }] })
  expect(namedApps(plugIn)).toEqual(['a'])
  expect(policyDocument(plugIn, (app) => `${app}-name`)).toMatchObject({ settings: { scope: 'basic', specials: [{ type: 'app', policies: [{ key: 'a-name', limit: 5 }] }] } })
  const throttle = policy('throttle', { specials: [{ object_type: 'APP', object_id: 'b', call_limits: 5, applied_at: 1 }] })
  expect(policyDocument(throttle, (app) => `${app}-name`)).toMatchObject({ settings: { specials: [{ object_type: 'APP', object_id: 'b-name', call_limits: 5 }] } })
  expect([plugIn, throttle].some(namesUsers)).toBe(false)
  expect(namesUsers(policy('rate_limit', { specials: [{ type: 'user', policies: [] }] }))).toBe(true)
  expect(namesUsers(policy('throttle', { specials: [{ object_type: 'USER', object_id: 'c', call_limits: 1 }] }))).toBe(true)
})

test('a pasted list has an entry in each line', () => {
  expect(lines(' 192.0.2.1, 192.0.2.2\n\n2001:db8::1 \n')).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1'])
})

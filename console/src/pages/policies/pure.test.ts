import { expect, test } from 'vitest'
import { lines } from '../../ui/form/lines-input'
import { dialectsOfFamily, families, familyOf, firstKind, kinds, kindsOf } from './families'
import { fresh, opened, understood, written } from './settings'

test('every kind has a family, and every family a first kind in each of its dialects', () => {
  expect(families.flatMap((family) => kindsOf(family)).toSorted()).toEqual(kinds.toSorted())
  for (const family of families) for (const dialect of dialectsOfFamily(family)) expect(familyOf(firstKind(family, dialect))).toBe(family)
  expect(kindsOf('access-control', 'alibaba')).toEqual(['address_list'])
  expect(kindsOf('throttling', 'alibaba')).toEqual(['throttle'])
})

test('entries between commas are lines in a form, and settings again', () => {
  const settings = { acl_type: 'PERMIT', acl_value: '192.0.2.0/24,2001:db8::1' } as never
  const form = opened({ dialect: 'huawei', settings })
  expect(form).toEqual({ acl_type: 'PERMIT', acl_value: ['192.0.2.0/24', '2001:db8::1'] })
  expect(written(form)).toEqual({ acl_type: 'PERMIT', acl_value: '192.0.2.0/24, 2001:db8::1' })
  expect(written({ ...fresh('alibaba', 'cors'), allowOrigins: ['*'], allowMethods: [], maxAge: null })).toEqual({ allowOrigins: '*', allowCredentials: false })
})

test('a plug-in in JSON is shown by fields, one in YAML or with limits by parameters is not', () => {
  const open = (settings: unknown) => opened({ dialect: 'alibaba', settings: settings as never })
  expect(open('{"type":"ALLOW","items":[{"blocks":["192.0.2.1"],"appId":7}]}')).toEqual({ type: 'ALLOW', items: [{ blocks: ['192.0.2.1'], appId: 7 }] })
  expect(open('type: ALLOW\n')).toBe('type: ALLOW\n')
  expect(open({ parameters: { ip: 'System:CaClientIp' }, rules: [] })).toContain('parameters:')
  expect(understood('[1]')).toBe('[1]')
})

test('what has no field stays', () => {
  const specials = [{ object_type: 'APP', object_id: 'a', call_limits: 5 }]
  const form = opened({ dialect: 'huawei', settings: { time_unit: 'DAY', api_call_limits: 9, specials } as never })
  expect(written(form)).toMatchObject({ specials })
})

test('a pasted list has an entry in each line', () => {
  expect(lines(' 192.0.2.1, 192.0.2.2\n\n2001:db8::1 \n')).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1'])
})

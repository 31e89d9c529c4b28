import { expect, test } from 'vitest'
import { curl } from './curl'
import { place } from './form/pointer'
import { local, milliseconds } from './form/time-input'
import { listSearch, namedSearch, paging } from './list/search'
import { yaml } from './yaml'

test('a shell takes the line as it is meant', () => {
  const line = curl({ method: 'POST', url: 'http://127.0.0.1/a?b=1&c', headers: [{ name: 'Host', value: 'x' }], body: `it's` })
  expect(line).toBe(`curl -i -X POST -H 'Host: x' --data-raw 'it'\\''s' 'http://127.0.0.1/a?b=1&c'`)
})

test('a complaint is about the field with its pointer, or the nearest above', () => {
  const fields = [['name'], ['request', 'path'], ['parameters', 0, 'name'], ['parameters']]
  expect(place('/request/path', fields)).toEqual(['request', 'path'])
  expect(place('/parameters/0/name', fields)).toEqual(['parameters', 0, 'name'])
  expect(place('/parameters/1/type', fields)).toEqual(['parameters'])
  expect(place('/backend', fields)).toBeUndefined()
})

test('what makes no sense in a URL is as good as absent', () => {
  expect(listSearch({ search: 12, page: -3, size: 7, sort: 'name' })).toEqual({ search: '12' })
  expect(namedSearch({ page: 2, sort: '-name' })).toEqual({ page: 2, sort: '-name' })
  expect(namedSearch({ sort: 'size' })).toEqual({})
  expect(paging({ page: 3, size: 50 })).toEqual({ offset: 100, limit: 50, sort: '-created', count: true })
})

test('YAML quotes what could be read as something else', () => {
  const text = yaml({ name: 'pets', tags: ['no', '12', 'a b'], at: { ports: [80], none: [], null: null }, list: [{ a: 1, b: { c: 'x' } }] })
  expect(text).toBe('name: pets\ntags:\n  - "no"\n  - "12"\n  - "a b"\nat:\n  ports:\n    - 80\n  none: []\n  "null": null\nlist:\n  - a: 1\n    b:\n      c: x\n')
})

test('a time is read as it is written, in the zone of the browser', () => {
  const ms = milliseconds('2026-01-31T09:30:00')
  expect(local(ms)).toBe('2026-01-31T09:30:00')
  expect(milliseconds('0002-01-31T09:30:00')).toBeNull()
  expect(milliseconds('')).toBeNull()
})

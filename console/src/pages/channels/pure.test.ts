import { expect, test } from 'vitest'
import { stopsWith, stopsWithout } from './left'

const [one, other, off] = [{ id: '1', host: 'a' }, { id: '2', host: 'b', weight: 5 }, { id: '3', host: 'c', enabled: false }] as const
const members = [one, other, off]

test('a channel stops when the last who takes calls is gone, is switched off, or weighs nothing', () => {
  expect(stopsWithout(members, [one])).toBe(false)
  expect(stopsWithout(members, [one, other])).toBe(true)
  expect(stopsWith(members, [{ id: '1', enabled: false }])).toBe(false)
  expect(stopsWith(members, [{ id: '1', enabled: false }, { id: '2', weight: 0 }])).toBe(true)
  expect(stopsWith(members, [{ id: '1', backup: true }, { id: '2', group: null }])).toBe(false)
})

test('what nobody answers already is not stopped', () => {
  expect(stopsWithout([off], [off])).toBe(false)
  expect(stopsWith([off], [{ id: '3', weight: 0 }])).toBe(false)
})

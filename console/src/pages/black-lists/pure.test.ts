import { expect, test } from 'vitest'
import { yaml } from '../../ui/yaml'
import { blackListDocument, entriesOf, kindOf, withMore, without } from './entries'

test('entries are added once and taken out, and keep their kind', () => {
  const entries = { app: ['a', 'b'] }
  expect(withMore(entries, ['b', 'c'])).toEqual({ app: ['a', 'b', 'c'] })
  expect(without(entries, ['a'])).toEqual({ app: ['b'] })
  expect(kindOf({ address: ['192.0.2.1'] })).toBe('address')
  expect(entriesOf({ user: [] })).toEqual([])
})

test('a document has names in place of ids', () => {
  const list = { name: 'stolen', description: '', entries: { app: ['0a', '0b'] } }
  expect(yaml(blackListDocument(list, new Map([['0a', 'tea-house']])))).toBe('kind: black_list\nname: stolen\nentries:\n  app:\n    - tea-house\n    - "0b"\n')
})

import { expect, test } from 'vitest'
import { yaml } from '../../ui/yaml'
import { accessListDocument, commented, entriesFrom, withMore, without } from './entries'

const list = { entries: [{ address: '192.0.2.1', comment: 'till' }, { address: '192.0.2.2' }] }

test('pasted addresses have one comment and are listed once', () => {
  const more = entriesFrom(['192.0.2.2', '192.0.2.3', '192.0.2.3'], 'office')
  expect(withMore(list, more)).toEqual([...list.entries, { address: '192.0.2.3', comment: 'office' }])
  expect(withMore({}, entriesFrom(['192.0.2.1']))).toEqual([{ address: '192.0.2.1', comment: '' }])
})

test('entries are taken out and commented by address', () => {
  expect(without(list, [{ address: '192.0.2.1' }])).toEqual([{ address: '192.0.2.2' }])
  expect(commented(list, { address: '192.0.2.2' }, 'new till')).toEqual([list.entries[0], { address: '192.0.2.2', comment: 'new till' }])
})

test('a document says what is not there by leaving it out', () => {
  const document = accessListDocument({ name: 'office', ip_version: 'ipv4', ...list, enforced: null })
  expect(yaml(document)).toBe('kind: access_list\nname: office\nip_version: ipv4\nentries:\n  - address: "192.0.2.1"\n    comment: till\n  - address: "192.0.2.2"\n')
  expect(accessListDocument({ name: 'office', ip_version: 'ipv6', enforced: 'deny' })).toMatchObject({ entries: [], enforced: 'deny' })
})

import { expect, test } from 'vitest'
import { inOrder } from './queries'
import { follows, freshTarget, placeOf, serviceDocument, targetOf } from './target'

test('a form holds what the interface takes, without the kinds', () => {
  expect(targetOf('http', { ...freshTarget('http'), to: { url: 'http://pets' }, host: '' })).toEqual({ kind: 'http', to: { kind: 'address', url: 'http://pets' }, verify_certificate: true })
  const channel = targetOf('channel', { to: { scheme: 'https', channel: 'c' }, verify_certificate: false })
  expect(channel).toEqual({ kind: 'http', to: { kind: 'channel', scheme: 'https', channel: 'c' }, verify_certificate: false })
  expect(placeOf(channel)).toEqual({ channel: 'c' })
  expect(targetOf('mock', { status: 200, headers: [], body: '' })).toEqual({ kind: 'mock', status: 200, headers: [] })
})

test('whoever goes where the definition says follows, in whatever order that is written', () => {
  const definition = { stage: 's', made_at: 0, changed_at: 0, target: { kind: 'mock', status: 200, body: 'a' } } as const
  expect(follows({ body: 'a', status: 200, kind: 'mock' }, definition)).toBe(true)
  expect(follows({ body: 'b', status: 200, kind: 'mock' }, definition)).toBe(false)
  expect(follows({ body: 'a', status: 200, kind: 'mock' }, undefined)).toBe(false)
})

test('stages come as an API passes through them, and a document has names in place of ids', () => {
  const stage = (name: string) => ({ id: name.toLowerCase(), name }) as never
  expect(inOrder(['RELEASE', 'MINE', 'TEST', 'PRE'].map(stage)).map(({ name }) => name)).toEqual(['TEST', 'PRE', 'RELEASE', 'MINE'])
  const service = { name: 'pets', kind: 'access', definitions: [{ stage: 'test', made_at: 0, changed_at: 0, target: { kind: 'http', to: { kind: 'access', access: 'a1' } } }] } as never
  expect(serviceDocument(service, { a1: 'pets-server' }, (stage) => stage.toUpperCase())['definitions']).toEqual([{ stage: 'TEST', target: { kind: 'http', to: { kind: 'access', access: 'pets-server' } }, description: undefined }])
})

import { expect, test } from 'vitest'
import { calls } from '../start/queries'
import { reachable } from './around'
import { curlOf } from './call'
import { filled } from './debug/send'
import { apiDocument } from './document'
import type { Api } from './queries'
import { definitionOf, pathParameters, unmapped, type Values } from './wizard/definition'

const values: Values = {
  group: 'g',
  name: 'pets',
  auth: { kind: 'none' },
  request: { method: 'GET', path: '/pets/[id]' },
  parameters: [{ name: 'id', location: 'path', type: 'int', required: true, default: '', minimum: '1', max_length: null }],
  backend: { kind: 'http', to: { kind: 'channel', channel: 'c1' }, host: '' },
}
const group = { id: 'g', account: 'a', dialect: 'alibaba', name: 'shop', base_path: '/v1', subdomain: 's.apis.localhost', revision: 1, created_at: 0, updated_at: 0 } as const

test('what a form leaves empty is absent from the definition, and what it does not show is kept', () => {
  const definition = definitionOf(values, { extra: { kept: 1 } as never })
  expect(definition).not.toHaveProperty('group')
  expect(definition.parameters).toEqual([{ name: 'id', location: 'path', type: 'int', required: true, minimum: '1' }])
  expect(definition.backend).toEqual({ kind: 'http', to: { kind: 'channel', channel: 'c1' } })
  expect(definition.extra).toEqual({ kept: 1 } as never)
  expect(definition.backend_policies).toEqual([])
})

test('of a backend policy remains what belongs to the kinds that were chosen', () => {
  const backend = { kind: 'http', to: { kind: 'address', url: 'http://a', channel: 'c1' }, retries: { kind: 'idempotent', times: 3 }, host: '', status: 200, body: 'x' } as never
  const conditions = [
    { of: 'source', name: 'edition', is: { kind: 'exact' }, addresses: ['10.0.0.0/8'] },
    { of: 'method', name: 'edition', is: { kind: 'enum', value: 'GET', values: ['GET'] } },
    { of: 'cookie', name: 'edition', is: { kind: 'exact' } },
  ] as never
  const told = [{ name: 'x', location: 'header', origin: { from: 'constant', value: '1' } }] as const
  const policy = { name: 'beta', effect_mode: 'any' as const, conditions, backend, backend_parameters: [...told] }
  expect(definitionOf({ ...values, backend_policies: [policy] }).backend_policies).toEqual([
    {
      ...policy,
      conditions: [{ of: 'source', addresses: ['10.0.0.0/8'] }, { of: 'method', is: { kind: 'enum', values: ['GET'] } }, { of: 'cookie', name: 'edition', is: { kind: 'exact', value: '' } }],
      backend: { kind: 'http', to: { kind: 'address', url: 'http://a' }, retries: { kind: 'idempotent' } },
    },
  ])
  expect(definitionOf({ ...values, backend: { kind: 'mock' }, backend_policies: [policy] }).backend_policies).toMatchObject([{ backend: { kind: 'mock', status: 200, body: 'x' }, backend_parameters: [] }])
})

test('the parameters of a path, in brackets of either kind', () => {
  expect(pathParameters('/a/[id]/{name}/[rest+]')).toEqual(['id', 'name', 'rest'])
  expect(filled('/a/[id]/{rest+}', { id: 'x/y', rest: 'b/c d' }, '')).toBe('/a/x%2Fy/b/c%20d')
  expect(filled('/', {}, '/more')).toBe('/more')
})

test('what is mapped already is not mapped again', () => {
  const parameters = [{ name: 'a', location: 'query' }, { name: 'b', location: 'header' }] as const
  expect(unmapped(parameters, [{ name: 'x', location: 'query', origin: { from: 'parameter', name: 'a' } }])).toEqual([{ name: 'b', location: 'header', origin: { from: 'parameter', name: 'b' } }])
})

test('an API as apply reads it has names in place of ids', () => {
  const api = { id: 'i', definition: definitionOf(values) } as Api
  const backends = new Map([['c1', 'servers']])
  expect(apiDocument(api, { group, stages: ['RELEASE'], backends })).toMatchObject({ kind: 'api', group: 'alibaba/shop', name: 'pets', backend: { to: { kind: 'channel', channel: 'servers' } }, stages: ['RELEASE'] })
  const definition = { ...api.definition, backend_policies: [{ name: 'beta', effect_mode: 'any' as const, conditions: [], backend: values.backend }] }
  expect(apiDocument({ ...api, definition }, { group, stages: [], backends })).toMatchObject({ backend_policies: [{ name: 'beta', backend: { to: { channel: 'servers' } } }] })
})

test('a call names host, stage and path', () => {
  const line = curlOf(definitionOf(values), group, 'http://127.0.0.1:1', 'TEST')
  expect(line).toBe(`curl -i -H 'Host: s.apis.localhost' -H 'X-Ca-Stage: TEST' 'http://127.0.0.1:1/v1/pets/[id]'`)
})

test('a node that listens everywhere is reached where the console is', () => {
  expect(reachable('0.0.0.0:8080', 'gateway.example')).toBe('gateway.example:8080')
  expect(reachable('10.0.0.1:8080', 'gateway.example')).toBe('10.0.0.1:8080')
})

test('calls are read from the metrics', () => {
  const text = 'paifang_requests_total{dialect="alibaba",class="2xx",answered_by="backend"} 2\npaifang_requests_total{dialect="huawei",class="2xx",answered_by="backend"} 3\n'
  expect([...calls(text)]).toEqual([['2xx backend', 5]])
})

// What the fields of authorizations choose from.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { readable } from '../../api/page'
import { present } from '../../ui/list/search'
import type { Choice } from '../../ui/pick/pick'

/** The most that the interface gives at once. */
const MOST = 500
const FEW = 50

interface Named {
  readonly id: string
  readonly name: string
}

const choice = ({ id, name }: Named): Choice => ({ value: id, label: name })

export function findApps(search: string) {
  const query = present({ search: search || undefined, limit: MOST, sort: '-created' as const })
  return queryOptions({
    queryKey: ['apps', 'find', query],
    queryFn: async (): Promise<readonly Choice[]> => readable<Schemas['AppView']>(await answer(client.GET('/api/v1/apps', { params: { query } }))).map(choice),
  })
}

/** Apps by the numbers that one cloud's plug-ins name them by. */
export function findAppNumbers(search: string) {
  const query = present({ search: search || undefined, limit: MOST, sort: '-created' as const })
  return queryOptions({
    queryKey: ['apps', 'find', 'numbers', query],
    queryFn: async (): Promise<readonly Choice[]> =>
      readable<Schemas['AppView']>(await answer(client.GET('/api/v1/apps', { params: { query } }))).map(({ number, name }) => ({ value: String(number), label: `${name} (${number})` })),
  })
}

export function findGroups(search: string) {
  const query = present({ search: search || undefined, limit: FEW, sort: '-created' as const })
  return queryOptions({
    queryKey: ['groups', 'find', query],
    queryFn: async (): Promise<readonly Choice[]> => readable<Schemas['GroupView']>(await answer(client.GET('/api/v1/groups', { params: { query } }))).map(choice),
  })
}

/** APIs of a group, or of all. */
export function findApis(search: string, group?: string) {
  const query = present({ search: search || undefined, group, limit: MOST, sort: '-created' as const })
  return queryOptions({
    queryKey: ['apis', 'find', query],
    queryFn: async (): Promise<readonly Choice[]> => {
      const page = await answer(client.GET('/api/v1/apis', { params: { query } }))
      return readable<Schemas['ApiView']>(page).map(({ id, definition }) => ({ value: id, label: definition.name }))
    },
  })
}

export function stagesQuery(dialect?: Schemas['Dialect']) {
  const query = present({ dialect, limit: MOST })
  return queryOptions({
    queryKey: ['stages', 'find', query],
    queryFn: async (): Promise<readonly Schemas['StageView'][]> => readable<Schemas['StageView']>(await answer(client.GET('/api/v1/stages', { params: { query } }))),
  })
}

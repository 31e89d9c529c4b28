// What the pages of stages read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { readable } from '../../api/page'
import { type NamedSearch, namedSearch, oneOf, paging, present } from '../../ui/list/search'
import { type Dialect, dialects } from '../groups/queries'

export type Stage = Schemas['StageView']

export interface StageSearch extends NamedSearch {
  readonly dialect?: Dialect
}

export function stageSearch(raw: Record<string, unknown>): StageSearch {
  return { ...namedSearch(raw), ...present({ dialect: oneOf(raw, 'dialect', dialects) }) }
}

export const stagesKey = ['stages'] as const

export function stagesQuery(search: StageSearch) {
  const query = present({ search: search.search, dialect: search.dialect, ...paging(search) })
  return queryOptions({
    queryKey: [...stagesKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stages', { params: { query }, signal })),
  })
}

/** All stages of a dialect, to choose from: there are few. */
export function stagesOfQuery(dialect: Dialect) {
  return queryOptions({
    queryKey: [...stagesKey, 'of', dialect],
    queryFn: async ({ signal }) => readable<Stage>(await answer(client.GET('/api/v1/stages', { params: { query: { dialect, limit: 500 } }, signal }))),
  })
}

export function stageQuery(stage: string) {
  return queryOptions({
    queryKey: [...stagesKey, stage],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stages/{stage}', { params: { path: { stage } }, signal })),
  })
}

const BUILT_IN = { alibaba: ['RELEASE', 'PRE', 'TEST'], huawei: ['RELEASE'] }

/** Whether it is there from the start, and so can be neither renamed nor deleted. */
export function isBuiltIn({ dialect, name }: Stage): boolean {
  return BUILT_IN[dialect].includes(name)
}

export function createStage(body: Schemas['StageDraft']): Promise<Stage> {
  return answer(client.POST('/api/v1/stages', { body }))
}

export function updateStage(stage: Stage, body: Schemas['StagePatch']): Promise<Stage> {
  const params = { path: { stage: stage.id }, header: unchanged(stage) }
  return answer(client.PATCH('/api/v1/stages/{stage}', { params, body }))
}

export function deleteStage(stage: Stage): Promise<unknown> {
  const params = { path: { stage: stage.id }, header: unchanged(stage) }
  return answer(client.DELETE('/api/v1/stages/{stage}', { params }))
}

export function stageDocument({ dialect, name, description }: Stage): Record<string, unknown> {
  return { kind: 'stage', dialect, name, description }
}

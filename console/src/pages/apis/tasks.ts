// Many APIs at once: the gateway does it in the background and says how each went.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { readable } from '../../api/page'

export type BulkKind = 'deploy_apis' | 'take_apis_offline' | 'delete_apis'
export type Task = Schemas['TaskView']

export interface Item {
  readonly api: string
  readonly stage?: string | undefined
}

export function startTask(kind: BulkKind, items: readonly Item[]): Promise<Task> {
  // The document names the kinds otherwise than the interface takes them.
  const body = { kind, items } as unknown as Schemas['TaskDraft']
  return answer(client.POST('/api/v1/tasks', { body }))
}

const EVERY_MS = 500

/** A task, read until it has ended. */
export function taskQuery(task: string) {
  return queryOptions({
    queryKey: ['tasks', task],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/tasks/{task}', { params: { path: { task } }, signal })),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'open' ? EVERY_MS : false),
  })
}

/** The items that did not go as wished. */
export function failedItemsQuery(task: string) {
  return queryOptions({
    queryKey: ['tasks', task, 'failed'],
    queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/tasks/{task}/items', { params: { path: { task }, query: { state: 'failed', limit: 100 } }, signal }))),
  })
}

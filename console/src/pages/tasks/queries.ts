// What the pages of tasks read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { type CursorSearch, cursorSearch, oneOf, present } from '../../ui/list/search'
import { names } from '../../ui/names'

export type Task = Schemas['TaskView']
export type TaskItem = Schemas['TaskItemView']

/** An item, with what its ids are called. */
export interface TaskItemRow extends TaskItem {
  readonly object: string
}

export const kinds = ['deploy_apis', 'follow_backend_services', 'follow_backend_accesses', 'take_apis_offline', 'delete_apis', 'create_grants', 'revoke_grants'] as const
export const states = ['open', 'done', 'canceled'] as const
export const itemStates = ['waiting', 'done', 'skipped', 'failed', 'canceled'] as const

export interface TaskSearch extends CursorSearch {
  readonly kind?: (typeof kinds)[number]
  readonly state?: (typeof states)[number]
}

export function taskSearch(raw: Record<string, unknown>): TaskSearch {
  return { ...cursorSearch(raw), ...present({ kind: oneOf(raw, 'kind', kinds), state: oneOf(raw, 'state', states) }) }
}

export interface ItemSearch extends CursorSearch {
  readonly state?: (typeof itemStates)[number]
}

export function itemSearch(raw: Record<string, unknown>): ItemSearch {
  return { ...cursorSearch(raw), ...present({ state: oneOf(raw, 'state', itemStates) }) }
}

export const tasksKey = ['tasks'] as const

const LIMIT = 50
/** How often what goes on is read again. */
export const REFRESH_MS = 1000

export function tasksQuery({ kind, ...search }: TaskSearch) {
  // The OpenAPI document has the names that kinds have in code, not those of the interface.
  const query = present({ ...search, kind: kind as Schemas['TaskKind'] | undefined, limit: LIMIT })
  return queryOptions({
    queryKey: [...tasksKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/tasks', { params: { query }, signal })),
    refetchInterval: ({ state }) => (state.data && readable<Task>(state.data).some((task) => task.state === 'open') ? REFRESH_MS : false),
  })
}

export function taskQuery(task: string) {
  return queryOptions({
    queryKey: [...tasksKey, task],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/tasks/{task}', { params: { path: { task } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? REFRESH_MS : false),
  })
}

export function itemsQuery(task: string, search: ItemSearch) {
  const query = { ...search, limit: LIMIT }
  return queryOptions({
    queryKey: [...tasksKey, task, 'items', query],
    queryFn: async ({ signal, client: queries }) => {
      const page = await answer(client.GET('/api/v1/tasks/{task}/items', { params: { path: { task }, query }, signal }))
      const rows = readable<TaskItem>(page)
      const [apps, apis, stages] = await Promise.all([
        names(queries, 'app', rows.map(({ app }) => app)),
        names(queries, 'api', rows.map(({ api }) => api)),
        names(queries, 'stage', rows.map(({ stage }) => stage)),
      ])
      const named = (row: TaskItem): TaskItemRow => {
        const parts = [apps.get(row.app ?? ''), apis.get(row.api ?? ''), stages.get(row.stage ?? ''), row.grant]
        return { ...row, object: parts.filter((part) => part).join(' · ') }
      }
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

export function cancelTask({ id }: Task): Promise<Task> {
  return answer(client.POST('/api/v1/tasks/{task}/cancel', { params: { path: { task: id } } }))
}

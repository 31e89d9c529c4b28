// The items of a task about APIs, with the names of API, group and stage.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client } from '../../api/client'
import { Failure } from '../../api/failure'
import { isUnreadable, readable } from '../../api/page'
import { names } from '../../ui/names'
import { apiQuery } from '../apis/queries'
import { type Task, type TaskItem, tasksKey } from '../tasks/queries'

export interface ResultRow extends TaskItem {
  readonly groupName: string
  readonly apiName: string
  readonly stageName: string
}

const LIMIT = 100
const FRESH_MS = 60_000

export function resultsQuery(queries: QueryClient, { id: task, counts }: Task) {
  return queryOptions({
    // Whenever the counts change, so have items.
    queryKey: [...tasksKey, task, 'results', counts],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/tasks/{task}/items', { params: { path: { task }, query: { limit: LIMIT } }, signal }))
      const rows = readable<TaskItem>(page)
      const apis = new Map(await Promise.all(rows.map(async ({ api }) => [api, await about(queries, api ?? '')] as const)))
      const [groups, stages] = await Promise.all([
        names(queries, 'group', [...apis.values()].map(({ group }) => group)),
        names(queries, 'stage', rows.map(({ stage }) => stage)),
      ])
      const named = (row: TaskItem): ResultRow => {
        const { name = row.api ?? '', group = '' } = apis.get(row.api) ?? {}
        return { ...row, apiName: name, groupName: groups.get(group) ?? group, stageName: stages.get(row.stage ?? '') ?? '' }
      }
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

interface About {
  readonly name?: string
  readonly group?: string
}

/** Nothing is known of an API that is gone meanwhile. */
async function about(queries: QueryClient, api: string): Promise<About> {
  try {
    const { group, definition } = await queries.fetchQuery({ ...apiQuery(api), staleTime: FRESH_MS })
    return { name: definition.name, group }
  } catch (failure) {
    if (failure instanceof Failure && failure.status === 404) return {}
    throw failure
  }
}

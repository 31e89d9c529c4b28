// What the pages of metrics read.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { oneOf, present, text } from '../../ui/list/search'

export type Metrics = Schemas['Metrics']
export type Figures = Schemas['Figures']

export const ranges = ['1h', '6h', '24h', '2d'] as const
export type Range = (typeof ranges)[number]

const HOUR_MS = 3_600_000

/** How long each range is, and each of its points. */
const SHAPES = {
  '1h': { ms: HOUR_MS, step: '1m' },
  '6h': { ms: 6 * HOUR_MS, step: '5m' },
  '24h': { ms: 24 * HOUR_MS, step: '5m' },
  '2d': { ms: 48 * HOUR_MS, step: '15m' },
} as const

export const views = ['charts', 'table'] as const

export interface MetricsSearch {
  /** The last hour when absent. */
  readonly range?: Range
  /** Charts when absent. */
  readonly view?: (typeof views)[number]
  readonly group?: string
  readonly app?: string
  readonly stage?: string
}

export function metricsSearch(raw: Record<string, unknown>): MetricsSearch {
  return present({
    range: oneOf(raw, 'range', ranges),
    view: oneOf(raw, 'view', views),
    group: text(raw, 'group'),
    app: text(raw, 'app'),
    stage: text(raw, 'stage'),
  })
}

/** Of which calls. */
export interface Metered {
  readonly group?: string
  readonly api?: string
  readonly app?: string
  readonly stage?: string
}

/** The calls of the page of all. */
export function metered({ group, app }: MetricsSearch): Metered {
  return present({ group, app })
}

/** Figures of the last minute come while somebody looks. */
const REFRESH_MS = 20_000

export function metricsQuery(of: Metered, { range = '1h' }: MetricsSearch) {
  const { ms, step } = SHAPES[range]
  return queryOptions({
    queryKey: ['metrics', of, range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/metrics', { params: { query: { ...of, since: Date.now() - ms, step } }, signal })),
    refetchInterval: REFRESH_MS,
  })
}

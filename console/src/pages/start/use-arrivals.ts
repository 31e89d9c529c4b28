// Watches the counters of calls from the moment the page is open. The page's own explained call comes through them too:
// it is asked for when the first call has come, and left out.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTime } from '../../ui/time'
import { readCalls } from './queries'

const EVERY_MS = 1_000

interface Seen {
  readonly base: ReadonlyMap<string, number>
  readonly count: number
  readonly last?: { readonly time: string; readonly outcome: string }
}

export function useArrivals() {
  const time = useTime()
  const [seen, setSeen] = useState<Seen>()
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['start', 'calls'],
    queryFn: ({ signal }) => readCalls(signal),
    refetchInterval: EVERY_MS,
    gcTime: 0,
  })
  useEffect(() => {
    if (data === undefined) return
    setSeen((old) => (old === undefined ? { base: data, count: 0 } : look(old, data, time(dataUpdatedAt))))
  }, [data, dataUpdatedAt])
  return { count: seen?.count ?? 0, last: seen?.last, error, retry: () => void refetch() }
}

function look(old: Seen, now: ReadonlyMap<string, number>, time: string): Seen {
  const more = [...now].map(([outcome, count]) => ({ outcome, more: count - (old.base.get(outcome) ?? 0) })).filter((one) => one.more > 0)
  const total = more.reduce((sum, one) => sum + one.more, 0)
  // From the first call on, one of them is the explained one.
  const count = old.count === 0 ? total : Math.max(old.count, total - 1)
  if (count <= old.count) return old
  const largest = more.toSorted((a, b) => b.more - a.more)[0]
  return { base: old.base, count, last: { time, outcome: largest?.outcome ?? '' } }
}

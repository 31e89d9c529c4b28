// What apps are called that a policy names.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { names } from '../../ui/names'

/** What apps are called; until that is known, and where it cannot be read, they are called by their ids. */
export function useAppNames(apps: readonly string[]): (app: string) => string {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['names', 'specials', apps], queryFn: () => names(queries, 'app', apps), enabled: apps.length > 0, placeholderData: keepPreviousData })
  return (app) => data?.get(app) ?? app
}

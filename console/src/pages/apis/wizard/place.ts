// Whose backend the fields around are: the API's own, or the one of a backend policy. They are the same fields in both places.
import { createContext, use } from 'react'
import type { Name } from '../../../ui/form/pointer'

interface Place {
  /** Where a field is, seen from the list that it is in. */
  readonly near: Name
  /** Where it is in the whole form, as what watches it must say. */
  readonly whole: Name
}

export const PlaceContext = createContext<Place>({ near: [], whole: [] })

/** Names of fields, and of what is watched, from here. */
export function usePlace() {
  const { near, whole } = use(PlaceContext)
  return {
    field: (...name: Name): Name => [...near, ...name],
    watched: (...name: Name): Name => [...whole, ...name],
    /** Whether it is the API's own. */
    isApis: whole.length === 0,
  }
}

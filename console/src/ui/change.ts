// A change: it runs, says that it is done, and whatever it may have touched is read again.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNotes } from './notes'

interface Change<Values, Made> {
  readonly run: (values: Values) => Promise<Made>
  /** Beginnings of the keys of what it may have touched. */
  readonly touches: readonly (readonly unknown[])[]
  /** Said when it is done. */
  readonly done?: string | undefined
  readonly then?: ((made: Made, values: Values) => void) | undefined
  /** Absent: a failure is shown as a note. Forms show it themselves. */
  readonly failed?: ((error: Error) => void) | undefined
}

export function useChange<Values, Made>({ run, touches, done, then, failed }: Change<Values, Made>) {
  const queries = useQueryClient()
  const { say, fail } = useNotes()
  return useMutation({
    mutationFn: run,
    onSuccess: async (made, values) => {
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })))
      if (done) say(done)
      then?.(made, values)
    },
    onError: failed ?? fail,
  })
}

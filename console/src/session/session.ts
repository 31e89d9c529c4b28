// Who is signed in. All that knows how signing in works is here: the gateway sets a cookie that scripts cannot see, and
// tells the token that changes carry.
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { answer, client, type Schemas, carryToken } from '../api/client'
import { Failure } from '../api/failure'

export type Caller = Schemas['WhoAmI']

export const callerQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readCaller,
  staleTime: Number.POSITIVE_INFINITY,
})

/** The caller; null: nobody is signed in. */
async function readCaller(): Promise<Caller | null> {
  try {
    return known(await answer(client.GET('/api/v1/session')))
  } catch (failure) {
    if (failure instanceof Failure && failure.status === 401) return null
    throw failure
  }
}

export async function signIn(name: string, password: string): Promise<Caller> {
  return known(await answer(client.POST('/api/v1/session', { body: { name, password } })))
}

export async function signOut(): Promise<void> {
  await answer(client.DELETE('/api/v1/session'))
  carryToken(undefined)
}

function known(caller: Caller): Caller {
  carryToken(caller.csrf_token ?? undefined)
  return caller
}

/** Who is signed in, on pages that only somebody sees. */
export function useCaller(): Caller {
  const { data } = useSuspenseQuery(callerQuery)
  if (data === null) throw new Error('nobody is signed in')
  return data
}

// A failure in one corner, for actions that have no place of their own.
import type { ReactNode } from 'react'
import { FailureView } from './failure-view'

export function FailureNote(error: unknown): ReactNode {
  return <FailureView error={error} />
}

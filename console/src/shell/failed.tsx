// A page whose loader failed: never shown as empty, always with a way to ask again.
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { FailureView } from '../ui/failure-view'

export function Failed({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <FailureView error={error} retry={retry} />
}

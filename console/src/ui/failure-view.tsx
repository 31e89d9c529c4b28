// A call that did not succeed, in the place of what it should have brought: what happened, and the id that the
// gateway's log knows it by.
import { Alert, Button, Flex, Typography } from 'antd'
import { Failure } from '../api/failure'
import { useText } from '../i18n/text'
import type { Messages } from '../i18n/types'

interface Props {
  readonly error: unknown
  readonly retry?: (() => void) | undefined
}

export function FailureView({ error, retry }: Props) {
  const t = useText()
  const failure = error instanceof Failure ? error : undefined
  return (
    <Alert
      type="error"
      showIcon
      title={title(t, failure)}
      description={
        <Flex vertical gap={8}>
          <span>{error instanceof Error ? error.message : String(error)}</span>
          {failure && failure.neededBy.length > 0 && (
            <span>
              {t.failures.neededBy}: {failure.neededBy.join(', ')}
            </span>
          )}
          {failure?.requestId && (
            <Typography.Text type="secondary">
              {t.failures.requestId}: <Typography.Text copyable={{ tooltips: false }} code>{failure.requestId}</Typography.Text>
            </Typography.Text>
          )}
          {retry && (
            <div>
              <Button onClick={retry}>{t.common.retry}</Button>
            </div>
          )}
        </Flex>
      }
    />
  )
}

function title(t: Messages, failure: Failure | undefined): string {
  const titles = t.failures.titles
  switch (failure?.kind) {
    case undefined:
      return titles.failed
    case 'unreachable':
      return titles.unreachable
    case 'unauthenticated':
    case 'wrong-credentials':
      return titles.unauthenticated
    case 'denied':
    case 'csrf':
      return titles.denied
    case 'not-found':
      return titles.missing
    case 'invalid':
    case 'query':
    case 'malformed':
      return titles.invalid
    case 'revision-mismatch':
    case 'raced':
      return titles.changed
    case 'in-use':
      return titles.inUse
    default:
      return failure && failure.status !== undefined && failure.status < 500 ? titles.refused : titles.failed
  }
}

// How far a task is, and which of its items failed, each with its reason.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Flex, Progress as Bar, Skeleton, Typography } from 'antd'
import { useEffect } from 'react'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import { type Api, apisKey } from '../queries'
import { failedItemsQuery, taskQuery } from '../tasks'

interface Props {
  readonly task: string
  readonly apis: readonly Api[]
}

export function Progress({ task, apis }: Props) {
  const words = useText().apis.bulk
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(taskQuery(task))
  const hasEnded = data !== undefined && data.state !== 'open'
  const failed = useQuery({ ...failedItemsQuery(task), enabled: hasEnded && data.counts.failed > 0 })
  useEffect(() => {
    if (hasEnded) void queries.invalidateQueries({ queryKey: apisKey })
  }, [hasEnded, queries])
  if (error) return <FailureView error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton active title={false} />
  const { counts, items } = data
  const settled = items - counts.waiting
  const name = (api: string | null | undefined) => apis.find(({ id }) => id === api)?.definition.name ?? api
  return (
    <Flex vertical gap={8} aria-live="polite">
      <Bar aria-label={words.done(settled, items)} percent={Math.round((settled / items) * 100)} status={counts.failed > 0 ? 'exception' : hasEnded ? 'success' : 'active'} />
      <Typography.Text role="status">{words.done(counts.done, items)}</Typography.Text>
      {counts.skipped > 0 && <Typography.Text type="secondary">{words.skipped(counts.skipped)}</Typography.Text>}
      {counts.failed > 0 && <Typography.Text type="danger">{words.failed(counts.failed)}</Typography.Text>}
      {failed.error && <FailureView error={failed.error} retry={() => void failed.refetch()} />}
      {failed.data && <ul style={{ margin: 0 }}>{failed.data.map(({ number, api, reason }) => <li key={number}>{name(api)}: {reason?.detail}</li>)}</ul>}
    </Flex>
  )
}

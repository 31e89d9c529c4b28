// On how many nodes a change is live. Until it is on all, one can look again.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import { type Live, revisionQuery } from '../deployments'

interface Props {
  readonly revision: number
  readonly first?: Live | null | undefined
  readonly said: string
}

export function LiveView({ revision, first, said }: Props) {
  const words = useText().apis.publish
  const complete = first != null && first.serving >= first.of
  const { data, error, refetch, isFetching } = useQuery({ ...revisionQuery(revision), enabled: !complete })
  if (error) return <FailureView error={error} retry={() => void refetch()} />
  const live = data?.live ?? first
  if (!live) return <Alert type="info" showIcon title={said} />
  const lagging = live.nodes.filter(({ serves }) => !serves).map(({ name }) => name)
  const isLive = lagging.length === 0
  return (
    <Alert
      type={isLive ? 'success' : 'warning'}
      showIcon
      role="status"
      title={`${said} · ${words.live(live.serving, live.of)}`}
      description={isLive ? undefined : words.lagging(lagging.join(', '))}
      action={isLive ? undefined : <Button size="small" loading={isFetching} onClick={() => void refetch()}>{words.again}</Button>}
    />
  )
}

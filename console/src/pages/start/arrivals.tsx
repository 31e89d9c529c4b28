// Calls as they arrive, by the gateway's own counters, and how the first one was decided.
import { useQuery } from '@tanstack/react-query'
import { Alert, Flex, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { FailureView } from '../../ui/failure-view'
import { Timeline } from '../../ui/timeline'
import { explainQuery } from './queries'
import { useArrivals } from './use-arrivals'

export function Arrivals({ api }: { readonly api: string }) {
  const words = useText().start
  const { count, last, error, retry } = useArrivals()
  // Asked for once a call has come, for an explained call is counted like any other.
  const explained = useQuery({ ...explainQuery(api), enabled: count > 0 })
  if (error) return <FailureView error={error} retry={retry} />
  const [outcome, by] = last?.outcome.split(' ') ?? []
  const answered = by === 'backend' || by === 'gateway' ? words.by[by] : ''
  return (
    <Flex vertical gap={16}>
      <Alert
        role="status"
        showIcon
        type={count === 0 ? 'info' : outcome === '2xx' ? 'success' : 'warning'}
        title={count === 0 ? words.waiting : words.arrived(count)}
        description={last ? `${words.at(last.time)}: ${words.outcome(outcome ?? '')} ${answered}` : ' '}
      />
      {explained.error && <FailureView error={explained.error} retry={() => void explained.refetch()} />}
      {explained.data && (
        <section aria-label={words.explained}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>{words.explained}</Typography.Title>
          <Timeline decisions={explained.data.decisions} />
        </section>
      )}
    </Flex>
  )
}

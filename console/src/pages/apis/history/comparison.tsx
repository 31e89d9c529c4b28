// Two definitions side by side; which ones is in the URL.
import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Skeleton } from 'antd'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import { compareQuery } from '../deployments'
import { Differences } from '../publish/differences'

interface Props {
  readonly api: string
  readonly from: string
  readonly to: string
  readonly close: () => void
}

export function Comparison({ api, from, to, close }: Props) {
  const t = useText()
  const words = t.apis.history
  const { data, error, refetch } = useQuery(compareQuery(api, from, to))
  const isDraft = to === 'draft'
  const title = isDraft ? words.withDraft(Number(from)) : words.pair(Number(from), Number(to))
  const name = (version: string) => `${words.number} ${version}`
  return (
    <Modal open width={820} title={title} onCancel={close} footer={null}>
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton active title={false} />}
      {data?.differences.length === 0 && <Alert type="info" title={words.same} />}
      {data && data.differences.length > 0 && <Differences differences={data.differences} was={name(from)} will={isDraft ? t.apis.publish.will : name(to)} />}
    </Modal>
  )
}

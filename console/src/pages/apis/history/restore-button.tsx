// Copies a version's definition over the draft, after a look at what that changes.
import { useQuery } from '@tanstack/react-query'
import { Alert, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { useChange } from '../../../ui/change'
import { FailureView } from '../../../ui/failure-view'
import { compareQuery, restore, type Version } from '../deployments'
import { Differences } from '../publish/differences'
import { type Api, apisKey } from '../queries'

interface Props {
  readonly api: Api
  readonly version: Version
}

export function RestoreButton({ api, version }: Props) {
  const words = useText().apis.history
  const readOnly = useReadOnlyReason()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Act size="small" why={readOnly} onClick={() => setOpen(true)}>{words.restore}</Act>
      {open && <Dialog api={api} version={version} close={() => setOpen(false)} />}
    </>
  )
}

function Dialog({ api, version, close }: Props & { readonly close: () => void }) {
  const t = useText()
  const words = t.apis.history
  const number = String(version.number)
  const { data, error, refetch } = useQuery(compareQuery(api.id, 'draft', number))
  const change = useChange({ run: () => restore(api, version.number), touches: [apisKey], done: words.restored, then: close })
  return (
    <Modal open width={820} title={words.restoreTitle(version.number)} onCancel={close} onOk={() => change.mutate(undefined)} okText={words.restore} okButtonProps={{ loading: change.isPending }}>
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton active title={false} />}
      {data?.differences.length === 0 && <Alert type="info" title={words.same} />}
      {data && data.differences.length > 0 && <Differences differences={data.differences} was={t.apis.publish.will} will={`${words.number} ${number}`} />}
    </Modal>
  )
}

// Publishes the draft: says what changes first, and on how many nodes it is live afterwards.
import { Flex, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { useChange } from '../../../ui/change'
import { FailureView } from '../../../ui/failure-view'
import { type Deployed, publish } from '../deployments'
import { apisKey } from '../queries'
import type { AboutApi } from '../use-api'
import { LiveView } from './live'
import { WhatChanges } from './what-changes'

interface Props {
  readonly about: AboutApi
}

export function PublishButton({ about }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Act type="primary" why={readOnly} onClick={() => setOpen(true)}>{t.terms[about.group.dialect].publish}</Act>
      {open && <Dialog about={about} close={() => setOpen(false)} />}
    </>
  )
}

function Dialog({ about, close }: Props & { readonly close: () => void }) {
  const t = useText()
  const words = t.apis.publish
  const { api, group, stages, stageName } = about
  const [stage, setStage] = useState((stages.find(({ name }) => name === 'RELEASE') ?? stages[0])?.id)
  const [remark, setRemark] = useState('')
  const [error, setError] = useState<Error>()
  const [done, setDone] = useState<Deployed>()
  const change = useChange({ run: (to: string) => publish(api, to, remark), touches: [apisKey], then: setDone, failed: setError })
  const run = () => {
    setError(undefined)
    if (done) close()
    else if (stage) change.mutate(stage)
  }
  return (
    <Modal open width={820} title={words.title(api.definition.name)} onCancel={close} onOk={run} okText={done ? t.common.close : t.terms[group.dialect].publish} okButtonProps={{ loading: change.isPending }} cancelButtonProps={{ hidden: done !== undefined }}>
      {done && stage ? (
        <LiveView revision={done.revision} first={done.live} said={words.published(done.version.number, stageName(stage))} />
      ) : (
        <Form layout="vertical">
          <Form.Item label={t.terms[group.dialect].stage} htmlFor="publish-stage">
            <Select id="publish-stage" value={stage ?? null} onChange={setStage} options={stages.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
          <Form.Item label={words.remark} htmlFor="publish-remark">
            <Input id="publish-remark" value={remark} maxLength={200} onChange={(event) => setRemark(event.target.value)} onPressEnter={run} />
          </Form.Item>
          <Flex vertical gap={12} style={{ minHeight: 120 }}>
            {stage && <WhatChanges api={api.id} stage={stage} to="draft" will={words.will} />}
            {error && <FailureView error={error} />}
          </Flex>
        </Form>
      )}
    </Modal>
  )
}

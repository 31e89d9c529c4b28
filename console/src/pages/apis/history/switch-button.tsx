// Lets another version serve in a stage: back, or on. What changes is said before.
import { Flex, Form, Modal, Select, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { useChange } from '../../../ui/change'
import { FailureView } from '../../../ui/failure-view'
import { type Deployed, switchTo, type Version } from '../deployments'
import { LiveView } from '../publish/live'
import { WhatChanges } from '../publish/what-changes'
import { apisKey } from '../queries'
import type { AboutApi } from '../use-api'

interface Props {
  readonly about: AboutApi
  readonly version: Version
}

export function SwitchButton({ about, version }: Props) {
  const words = useText().apis.history
  const readOnly = useReadOnlyReason()
  const [open, setOpen] = useState(false)
  const { stage } = version
  const why = version.serves.includes(stage) ? words.servesAlready(about.stageName(stage)) : undefined
  return (
    <>
      <Act size="small" why={readOnly ?? why} onClick={() => setOpen(true)}>{words.switchTo}</Act>
      {open && <Dialog about={about} version={version} close={() => setOpen(false)} />}
    </>
  )
}

function Dialog({ about, version, close }: Props & { readonly close: () => void }) {
  const t = useText()
  const words = t.apis.history
  const { api, group, stages, stageName } = about
  const [stage, setStage] = useState<string>(version.stage)
  const [error, setError] = useState<Error>()
  const [done, setDone] = useState<Deployed>()
  const change = useChange({ run: () => switchTo(api.id, stage, version.number), touches: [apisKey], then: setDone, failed: setError })
  const run = () => {
    setError(undefined)
    if (done) close()
    else change.mutate(undefined)
  }
  return (
    <Modal open width={820} title={words.switchTitle(version.number)} onCancel={close} onOk={run} okText={done ? t.common.close : words.switchTo} okButtonProps={{ loading: change.isPending }} cancelButtonProps={{ hidden: done !== undefined }}>
      {done ? (
        <LiveView revision={done.revision} first={done.live} said={t.apis.publish.published(version.number, stageName(stage))} />
      ) : (
        <Flex vertical gap={12}>
          <Form layout="vertical">
            <Form.Item label={t.terms[group.dialect].stage} htmlFor="switch-stage">
              <Select id="switch-stage" value={stage} onChange={setStage} options={stages.map(({ id, name }) => ({ value: id, label: name }))} />
            </Form.Item>
          </Form>
          <WhatChanges api={api.id} stage={stage} to={String(version.number)} will={`${words.number} ${version.number}`} />
          <Typography.Text type="secondary">{words.draftStays}</Typography.Text>
          {error && <FailureView error={error} />}
        </Flex>
      )}
    </Modal>
  )
}

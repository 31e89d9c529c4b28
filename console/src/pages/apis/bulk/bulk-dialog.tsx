// Asks where and whether, starts the task, and stays to say how it goes.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Flex, Form, Input, Modal, Select, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { useChange } from '../../../ui/change'
import { FailureView } from '../../../ui/failure-view'
import type { Dialect } from '../../groups/queries'
import { allStagesQuery } from '../around'
import type { Api } from '../queries'
import { type BulkKind, startTask, type Task } from '../tasks'
import { Progress } from './progress'

interface Props {
  readonly kind: BulkKind
  readonly apis: readonly Api[]
  readonly dialect: Dialect
  readonly close: (hasRun: boolean) => void
}

export function BulkDialog({ kind, apis, dialect, close }: Props) {
  const t = useText()
  const words = t.apis.bulk
  const { data: all } = useSuspenseQuery(allStagesQuery)
  const stages = all.filter((one) => one.dialect === dialect)
  const [stage, setStage] = useState((stages.find(({ name }) => name === 'RELEASE') ?? stages[0])?.id)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<Error>()
  const [task, setTask] = useState<Task>()
  const isStaged = kind !== 'delete_apis'
  const asks = kind !== 'deploy_apis'
  const waits = asks && typed !== 'DELETE'
  const items = apis.map(({ id }) => (isStaged ? { api: id, stage } : { api: id }))
  const change = useChange({ run: () => startTask(kind, items), touches: [['tasks']], then: setTask, failed: setError })
  const run = () => {
    setError(undefined)
    if (task) close(true)
    else if (!waits) change.mutate(undefined)
  }
  const verb = { deploy_apis: words.publish, take_apis_offline: words.offline, delete_apis: words.delete }[kind]
  return (
    <Modal
      open
      title={words.titles[kind](apis.length)}
      onCancel={() => close(task !== undefined)}
      onOk={run}
      okText={task ? t.common.close : verb}
      okButtonProps={{ danger: asks && !task, disabled: waits && !task, loading: change.isPending, title: waits && !task ? t.common.deleteWaits : '' }}
      cancelButtonProps={{ hidden: task !== undefined }}
    >
      {task ? (
        <Progress task={task.id} apis={apis} />
      ) : (
        <Form layout="vertical">
          <Typography.Paragraph ellipsis={{ rows: 3 }}>{apis.map(({ definition }) => definition.name).join(', ')}</Typography.Paragraph>
          {isStaged && (
            <Form.Item label={t.terms[dialect].stage} htmlFor="bulk-stage">
              <Select id="bulk-stage" value={stage ?? null} onChange={setStage} options={stages.map(({ id, name }) => ({ value: id, label: name }))} />
            </Form.Item>
          )}
          {asks && (
            <Form.Item label={t.common.deletePrompt} htmlFor="bulk-confirmation" extra={isStaged ? t.apis.publish.offlineEffect : t.apis.deleteEffect}>
              <Input id="bulk-confirmation" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} onPressEnter={run} />
            </Form.Item>
          )}
          <Flex>{error && <FailureView error={error} />}</Flex>
        </Form>
      )}
    </Modal>
  )
}

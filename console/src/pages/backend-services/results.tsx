// How a change of a definition goes: counts, and each API with its state and the cause where it failed.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Modal, Skeleton } from 'antd'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { FailureView } from '../../ui/failure-view'
import { SmallTable } from '../../ui/list/small-table'
import { word } from '../../ui/word'
import { TaskProgress } from '../tasks/progress'
import { itemStates, type Task, taskQuery } from '../tasks/queries'
import { ItemStateTag } from '../tasks/states'
import { servicesKey } from './queries'
import { type ResultRow, resultsQuery } from './results-query'

interface Props {
  readonly task: string
  readonly close: () => void
}

export function Results({ task: id, close }: Props) {
  const t = useText()
  const queries = useQueryClient()
  const { data: task, error, refetch } = useQuery(taskQuery(id))
  const hasEnded = task !== undefined && task.state !== 'open'
  useEffect(() => {
    if (hasEnded) void queries.invalidateQueries({ queryKey: servicesKey })
  }, [hasEnded, queries])
  const footer = (
    <Flex justify="space-between" align="center">
      <Link {...paths.task(id)}>{t.backendServices.toTask}</Link>
      <Button type="primary" onClick={close}>{t.common.close}</Button>
    </Flex>
  )
  return (
    <Modal open width={860} title={task ? word(t.tasks.kinds, task.kind) : t.tasks.one} onCancel={close} footer={footer}>
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {task ? <Items task={task} /> : <Skeleton active title={false} />}
    </Modal>
  )
}

function Items({ task }: { readonly task: Task }) {
  const t = useText()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ ...resultsQuery(queries, task), placeholderData: keepPreviousData })
  return (
    <Flex vertical gap={12}>
      <TaskProgress task={task} />
      <Flex gap={16} wrap role="status">
        <span>{t.backendServices.inAll(task.items)}</span>
        {itemStates.map((state) => <span key={state}>{t.tasks.itemStates[state]}: {task.counts[state]}</span>)}
      </Flex>
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {data && (
        <SmallTable<ResultRow>
          page={data}
          rowKey={({ number }) => String(number)}
          columns={[
            { key: 'group', title: t.apis.group, dataIndex: 'groupName' },
            { key: 'api', title: t.apis.one, dataIndex: 'apiName' },
            { key: 'stage', title: t.terms.alibaba.stage, dataIndex: 'stageName' },
            { key: 'state', title: t.tasks.state, render: (_, { state }) => <ItemStateTag state={state} /> },
            { key: 'cause', title: t.tasks.reason, render: (_, { reason }) => reason && <div style={{ maxWidth: 320, whiteSpace: 'normal' }}>{reason.detail}</div> },
          ]}
          empty={t.tasks.noItems}
        />
      )}
    </Flex>
  )
}

// What a task is about, one by one, and how each went.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'
import { List } from '../../ui/list/list'
import { useTime } from '../../ui/time'
import { itemStates, itemsQuery, type Task, type TaskItemRow, tasksKey } from './queries'
import { ItemStateTag } from './states'

const route = getRouteApi('/known/tasks/$task')

export function TaskItems({ task: { id, counts } }: { readonly task: Task }) {
  const t = useText()
  const time = useTime()
  const search = route.useSearch()
  const { data: page } = useSuspenseQuery(itemsQuery(id, search))
  const queries = useQueryClient()
  // Whenever the counts change, so have items.
  useEffect(() => void queries.invalidateQueries({ queryKey: [...tasksKey, id, 'items'] }), [queries, id, counts.waiting])
  return (
    <List<TaskItemRow>
      label={t.tasks.items}
      page={page}
      paging="cursor"
      search={search as typeof search & Record<string, unknown>}
      filters={[{ key: 'state', label: t.tasks.state, options: itemStates.map((value) => ({ value, label: t.tasks.itemStates[value] })) }]}
      rowKey={({ number }) => String(number)}
      columns={[
        { key: 'number', title: '#', width: 60, render: (_, { number }) => number + 1 },
        { key: 'object', title: t.tasks.item, dataIndex: 'object' },
        { key: 'state', title: t.tasks.state, render: (_, { state }) => <ItemStateTag state={state} /> },
        { key: 'reason', title: t.tasks.reason, render: (_, { reason }) => <Why reason={reason} /> },
        { key: 'revision', title: t.tasks.revision, align: 'right', render: (_, { revision }) => revision },
        { key: 'settled', title: t.tasks.settled, render: (_, { settled_at }) => (typeof settled_at === 'number' ? time(settled_at) : '') },
      ]}
      empty={t.tasks.noItems}
    />
  )
}

function Why({ reason }: { readonly reason: TaskItemRow['reason'] }) {
  if (reason === undefined || reason === null) return null
  return (
    <Flex vertical>
      <span>{reason.detail}</span>
      {reason.violations?.map(({ pointer, message }) => <Typography.Text key={pointer} type="secondary">{pointer}: {message}</Typography.Text>)}
    </Flex>
  )
}

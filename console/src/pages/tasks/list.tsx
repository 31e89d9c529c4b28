import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { CopyCurl } from '../../ui/copy-curl'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { word } from '../../ui/word'
import { TaskProgress } from './progress'
import { kinds, states, type Task, tasksQuery } from './queries'
import { StateTag } from './states'

const route = getRouteApi('/known/tasks')

export function TaskList() {
  const t = useText()
  const time = useTime()
  const search = route.useSearch()
  const { data: page } = useSuspenseQuery(tasksQuery(search))
  return (
    <Page title={t.tasks.title} actions={<CopyCurl path="/api/v1/tasks" query={{ ...search }} />}>
      <List<Task>
        label={t.tasks.title}
        page={page}
        paging="cursor"
        search={search as typeof search & Record<string, unknown>}
        filters={[
          { key: 'kind', label: t.tasks.kind, options: kinds.map((value) => ({ value, label: t.tasks.kinds[value] })) },
          { key: 'state', label: t.tasks.state, options: states.map((value) => ({ value, label: t.tasks.states[value] })) },
        ]}
        rowKey={({ id }) => id}
        columns={[
          { key: 'kind', title: t.tasks.kind, render: (_, { id, kind }) => <Link {...paths.task(id)}>{word(t.tasks.kinds, kind)}</Link> },
          { key: 'state', title: t.tasks.state, render: (_, { state }) => <StateTag state={state} /> },
          { key: 'progress', title: t.tasks.progress, render: (_, task) => <TaskProgress task={task} /> },
          { key: 'failed', title: t.tasks.itemStates.failed, align: 'right', render: (_, { counts }) => counts.failed },
          { key: 'actor', title: t.tasks.actor, dataIndex: 'actor' },
          { key: 'created', title: t.common.created, render: (_, { created_at }) => time(created_at) },
          { key: 'ended', title: t.tasks.ended, render: (_, { ended_at }) => (typeof ended_at === 'number' ? time(ended_at) : '') },
        ]}
        empty={t.tasks.empty}
      />
    </Page>
  )
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { FailureView } from '../../ui/failure-view'
import { Page } from '../../ui/page'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { word } from '../../ui/word'
import { TaskItems } from './items'
import { TaskProgress } from './progress'
import { cancelTask, itemStates, taskQuery, tasksKey } from './queries'
import { StateTag } from './states'

const route = getRouteApi('/known/tasks/$task')

export function TaskOverview() {
  const t = useText()
  const time = useTime()
  const { task: id } = route.useParams()
  const { data: task } = useSuspenseQuery(taskQuery(id))
  const reading = useQuery(taskQuery(id))
  const name = word(t.tasks.kinds, task.kind)
  const cancel = (
    <DeleteButton
      name={name}
      label={t.tasks.cancel}
      title={`${t.tasks.cancel}: ${name}`}
      effect={t.tasks.cancelEffect}
      done={t.tasks.canceled}
      why={task.state === 'open' ? undefined : t.tasks.cancelOver}
      run={() => cancelTask(task)}
      touches={[tasksKey]}
    />
  )
  const counts = itemStates.map((state) => (
    <Link key={state} {...paths.task(id, { state })}>{t.tasks.itemStates[state]}: {task.counts[state]}</Link>
  ))
  return (
    <Page title={name} actions={<><CopyCurl path={`/api/v1/tasks/${id}/items`} />{cancel}</>}>
      {reading.error && <FailureView error={reading.error} retry={() => void reading.refetch()} />}
      <Facts
        id={task.id}
        items={[
          { label: t.tasks.state, children: <StateTag state={task.state} /> },
          { label: t.tasks.progress, children: <TaskProgress task={task} /> },
          { label: t.tasks.items, children: <Flex gap={16} wrap>{counts}</Flex> },
          { label: t.tasks.actor, children: task.actor },
          { label: t.common.created, children: time(task.created_at) },
          { label: t.tasks.ended, children: typeof task.ended_at === 'number' ? time(task.ended_at) : '' },
        ]}
      />
      <Section title={t.tasks.items}>
        <TaskItems task={task} />
      </Section>
    </Page>
  )
}

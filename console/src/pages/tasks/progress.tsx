// How far a task is, and whether everything went well.
import { Flex, Progress } from 'antd'
import { useText } from '../../i18n/text'
import type { Task } from './queries'

export function TaskProgress({ task: { counts, items, state } }: { readonly task: Task }) {
  const t = useText()
  const settled = items - counts.waiting
  const status = counts.failed > 0 || state === 'canceled' ? 'exception' : state === 'open' ? 'active' : 'success'
  return (
    <Flex gap={8} align="center">
      <Progress aria-label={t.tasks.progress} size="small" showInfo={false} status={status} percent={items === 0 ? 100 : (settled / items) * 100} style={{ width: 140 }} />
      <span>{t.tasks.of(settled, items)}</span>
    </Flex>
  )
}

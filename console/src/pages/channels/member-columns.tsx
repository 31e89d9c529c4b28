import { Flex, InputNumber, Select, Switch, type TableColumnsType, Typography } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { State } from '../../ui/state'
import { useTime } from '../../ui/time'
import type { Channel, Member, MemberHealth, MemberPatch } from './queries'

interface Options {
  readonly channel: Channel
  /** Weights that were typed and not saved yet, by member. */
  readonly weights: Readonly<Record<string, number>>
  readonly weigh: (member: string, weight: number) => void
  readonly change: (patch: MemberPatch) => void
  /** Absent: it is not known yet. */
  readonly health: Schemas['ChannelHealth'] | undefined
  /** Why nothing can be changed. */
  readonly why: string | undefined
}

/** Where a member is, or which instance of the inventory it is. */
function called({ host, instance }: Pick<Member, 'host' | 'instance'>): string {
  return host || (instance ?? '')
}

export function useMemberColumns({ channel, weights, weigh, change, health, why }: Options): TableColumnsType<Member> {
  const t = useText()
  const isFixed = why !== undefined
  const groups = (channel.groups ?? []).map(({ name }) => ({ value: name, label: name }))
  return [
    { key: 'host', title: t.channels.member, render: (_, member) => called(member) },
    { key: 'port', title: t.channels.memberPort, render: (_, { port }) => port || `${channel.port} (${t.channels.memberPortHint})` },
    {
      key: 'weight',
      title: t.channels.weight,
      render: (_, { id = '', weight = 1, ...member }) => (
        <InputNumber aria-label={t.channels.weightOf(called(member))} title={why ?? ''} min={0} max={10_000} precision={0} disabled={isFixed} value={weights[id] ?? weight} onChange={(value) => weigh(id, value ?? weight)} />
      ),
    },
    {
      key: 'enabled',
      title: t.channels.enabled,
      render: (_, { id = '', enabled = true, ...member }) => <Switch aria-label={t.channels.enabledOf(called(member))} title={why ?? ''} disabled={isFixed} checked={enabled} onChange={(value) => change({ id, enabled: value })} />,
    },
    {
      key: 'backup',
      title: t.channels.backup,
      render: (_, { id = '', backup = false, ...member }) => <Switch aria-label={t.channels.backupOf(called(member))} title={why ?? ''} disabled={isFixed} checked={backup} onChange={(value) => change({ id, backup: value })} />,
    },
    {
      key: 'group',
      title: t.channels.group,
      render: (_, { id = '', group, ...member }) =>
        groups.length === 0 ? t.channels.noGroup : (
          <Select aria-label={t.channels.groupOf(called(member))} title={why ?? ''} style={{ minWidth: 120 }} disabled={isFixed} allowClear placeholder={t.channels.noGroup} options={groups} value={group ?? null} onChange={(value) => change({ id, group: value ?? null })} />
        ),
    },
    { key: 'state', title: t.channels.state, width: 320, render: (_, { id }) => <Health health={health?.members.find(({ member }) => member === id)} /> },
  ]
}

const tones = { healthy: 'success', unhealthy: 'error', ejected: 'warning', disabled: 'default', unknown: 'default' } as const

function Health({ health }: { readonly health: MemberHealth | undefined }) {
  const t = useText()
  const time = useTime()
  const state = health?.state ?? 'unknown'
  return (
    <Flex vertical gap={2} style={{ minHeight: 44 }}>
      <span>
        <State tone={tones[state]}>{t.channels.states[state]}</State>{' '}
        {health?.since_ms != null && <Typography.Text type="secondary">{t.channels.since(time(health.since_ms))}</Typography.Text>}
        {health !== undefined && health.under_way > 0 && <Typography.Text type="secondary"> {t.channels.underWay(health.under_way)}</Typography.Text>}
      </span>
      {health?.reason && <Typography.Text type="secondary">{health.reason}</Typography.Text>}
    </Flex>
  )
}

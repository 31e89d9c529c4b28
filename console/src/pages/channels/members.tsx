// The members of a channel: weights typed into the table and saved together, switches that hold at once, and how each
// member is.
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { DeleteButton, DeleteDialog } from '../../ui/delete-button'
import { FailureView } from '../../ui/failure-view'
import { List } from '../../ui/list/list'
import type { ListSearch } from '../../ui/list/search'
import { Section } from '../../ui/section'
import { stopsWith, stopsWithout } from './left'
import { AddMembers, SetWeight } from './member-dialogs'
import { useMemberColumns } from './member-columns'
import { type Channel, channelsKey, changeMembers, healthQuery, type Member, type MemberPatch, removeMembers } from './queries'

interface Props {
  readonly channel: Channel
  readonly search: ListSearch
}

/** A change that leaves nobody to take calls, until it is confirmed. */
interface Stop {
  readonly patches: MemberPatch[]
  readonly then: () => void
}

export function Members({ channel, search }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const why = readOnly ?? (channel.kind === 'load_balancer' ? t.channels.loadBalancerReason : undefined)
  const health = useQuery(healthQuery(channel.id))
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>({})
  const [adding, setAdding] = useState(false)
  const [weighing, setWeighing] = useState<readonly Member[]>()
  const [stop, setStop] = useState<Stop>()
  const change = useChange({ run: (patches: MemberPatch[]) => changeMembers(channel, patches), touches: [channelsKey], done: t.common.saved })
  const apply = (patches: MemberPatch[], then = () => {}) => (stopsWith(channel.members ?? [], patches) ? setStop({ patches, then }) : change.mutate(patches, { onSuccess: then }))
  const wanted = (search.search ?? '').toLowerCase()
  const members = (channel.members ?? []).filter(({ host, group }) => `${host} ${group ?? ''}`.toLowerCase().includes(wanted))
  const changed = (channel.members ?? []).flatMap(({ id = '', weight }) => (id in weights && weights[id] !== weight ? [{ id, weight: weights[id] ?? null }] : []))
  const columns = useMemberColumns({ channel, weights, weigh: (id, weight) => setWeights({ ...weights, [id]: weight }), change: (patch) => apply([patch]), health: health.data, why })
  const save = () => apply(changed, () => setWeights({}))
  const toAll = (rows: readonly Member[], patch: Omit<MemberPatch, 'id'>, clear: () => void) =>
    apply(rows.map(({ id = '' }) => ({ id, ...patch })), clear)
  const actions = (
    <>
      <Act why={why ?? (changed.length === 0 ? t.common.unchanged : undefined)} loading={change.isPending} onClick={save}>
        {t.channels.saveWeights}{changed.length > 0 && ` (${t.channels.changed(changed.length)})`}
      </Act>
      <Act type="primary" icon={<PlusOutlined />} why={why} onClick={() => setAdding(true)}>{t.channels.addMembers}</Act>
    </>
  )
  return (
    <Section title={t.channels.members} actions={actions}>
      {health.error && <FailureView error={health.error} retry={() => void health.refetch()} />}
      <List<Member>
        label={t.channels.members}
        page={{ items: members, next: null, total: members.length }}
        search={search as ListSearch & Record<string, unknown>}
        searchable={t.channels.searchMembers}
        rowKey={({ id }) => id ?? ''}
        bulk={(rows, clear) => {
          const whyNot = why ?? (rows.length === 0 ? t.common.selectFirst : undefined)
          const names = rows.map(({ host }) => host).join(', ')
          return (
            <>
              <Act why={whyNot} onClick={() => setWeighing(rows)}>{t.channels.setWeight}</Act>
              <Act why={whyNot} onClick={() => toAll(rows, { enabled: true }, clear)}>{t.channels.enable}</Act>
              <Act why={whyNot} onClick={() => toAll(rows, { enabled: false }, clear)}>{t.channels.disable}</Act>
              <DeleteButton label={t.common.remove} name={names} title={t.entries.removeTitle(names)} effect={stopsWithout(channel.members ?? [], rows) ? t.channels.stopEffect : t.channels.removeEffect} done={t.entries.removed} run={() => removeMembers(channel, rows)} touches={[channelsKey]} then={clear} why={whyNot} />
            </>
          )
        }}
        columns={columns}
        empty={t.channels.noMembers}
      />
      <AddMembers open={adding} channel={channel} close={() => setAdding(false)} />
      <SetWeight channel={channel} members={weighing} close={() => setWeighing(undefined)} />
      <DeleteDialog open={stop !== undefined} close={() => setStop(undefined)} name={channel.name} title={t.channels.stopTitle(channel.name)} label={t.channels.disable} effect={t.channels.stopEffect} done={t.common.saved} run={() => changeMembers(channel, stop?.patches ?? [])} touches={[channelsKey]} then={stop?.then} />
    </Section>
  )
}

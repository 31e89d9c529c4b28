// The policies that hold for an API, stage by stage: its own, and its group's.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import { State } from '../../ui/state'
import type { Group } from '../groups/queries'
import { type Holding, inOrder, policiesOfApiQuery } from './holding'
import { useHoldingColumns } from './holding-columns'
import { policiesKey, unbind } from './queries'

interface Props {
  readonly api: string
  readonly group: Group
  /** The stages in which it serves. */
  readonly online: readonly { readonly stage: string }[]
  readonly stageName: (stage: string) => string
}

export function PoliciesOfApi({ api, group, online, stageName }: Props) {
  const t = useText()
  const { dialect } = group
  const { data: page } = useSuspenseQuery(policiesOfApiQuery(useQueryClient(), api))
  const columns = useHoldingColumns(dialect, stageName)
  const words = { label: t.policies.unbind, effect: t.policies.unbindEffect, done: t.policies.unbound, touches: [policiesKey] }
  const actions = useActionsColumn<Holding>((bound) =>
    bound.boundTo === 'api' ? (
      <DeleteButton size="small" {...words} name={bound.policyName} title={`${t.policies.unbind}: ${bound.policyName}`} run={() => unbind([bound])} />
    ) : null,
  )
  const isOnline = (stage: string) => online.some((one) => one.stage === stage)
  return (
    <Section title={t.policies.ofApi}>
      <SmallTable<Holding>
        page={inOrder(page, stageName)}
        rowKey={({ id }) => id}
        columns={[
          ...columns,
          { key: 'bound', title: t.policies.boundTo, render: (_, { boundTo }) => (boundTo === 'api' ? t.policies.boundToApi : <>{t.terms[dialect].group}: <Link {...paths.group(group.id)}>{group.name}</Link></>) },
          { key: 'holds', title: t.common.status, render: (_, bound) => <Holds bound={bound} isOnline={isOnline(bound.stage)} /> },
          actions,
        ]}
        empty={t.policies.ofApiEmpty}
      />
    </Section>
  )
}

function Holds({ bound: { givesWayTo }, isOnline }: { readonly bound: Holding; readonly isOnline: boolean }) {
  const words = useText().policies
  if (givesWayTo !== undefined) return <State tone="default">{words.givesWay(givesWayTo)}</State>
  return isOnline ? <State tone="success">{words.holds}</State> : <State tone="default">{words.holdsOnline}</State>
}

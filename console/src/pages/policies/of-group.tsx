// The policies that hold for a group as a whole, stage by stage.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useText } from '../../i18n/text'
import { DeleteButton } from '../../ui/delete-button'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import type { Group } from '../groups/queries'
import { stagesOfQuery } from '../stages/queries'
import { type Holding, inOrder, policiesOfGroupQuery } from './holding'
import { useHoldingColumns } from './holding-columns'
import { policiesKey, unbindGroup } from './queries'

export function PoliciesOfGroup({ group: { id: group, dialect } }: { readonly group: Group }) {
  const t = useText()
  const { data: page } = useSuspenseQuery(policiesOfGroupQuery(useQueryClient(), group))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(dialect))
  const stageName = (stage: string) => stages.find(({ id }) => id === stage)?.name ?? stage
  const columns = useHoldingColumns(dialect, stageName)
  const words = { label: t.policies.unbind, effect: t.policies.unbindGroupEffect, done: t.policies.unbound, touches: [policiesKey] }
  const actions = useActionsColumn<Holding>((bound) => (
    <DeleteButton size="small" {...words} name={bound.policyName} title={`${t.policies.unbind}: ${bound.policyName}`} run={() => unbindGroup(bound)} />
  ))
  return (
    <Section title={t.policies.ofGroup}>
      <SmallTable<Holding>
        page={inOrder(page, stageName)}
        rowKey={({ id }) => id}
        columns={[
          ...columns,
          actions,
        ]}
        empty={t.policies.ofGroupEmpty}
      />
    </Section>
  )
}

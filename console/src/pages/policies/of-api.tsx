// The policies that hold for an API, stage by stage.
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import type { Dialect } from '../groups/queries'
import { type BoundRow, policiesKey, policiesOfApiQuery, unbind } from './queries'
import { kindName } from './summary'

interface Props {
  readonly api: string
  readonly dialect: Dialect
  readonly stageName: (stage: string) => string
}

export function PoliciesOfApi({ api, dialect, stageName }: Props) {
  const t = useText()
  const { data: page } = useSuspenseQuery(policiesOfApiQuery(useQueryClient(), api))
  const words = { label: t.policies.unbind, effect: t.policies.unbindEffect, done: t.policies.unbound, touches: [policiesKey] }
  const actions = useActionsColumn<BoundRow>((bound) => (
    <DeleteButton size="small" {...words} name={bound.policyName} title={`${t.policies.unbind}: ${bound.policyName}`} run={() => unbind([bound])} />
  ))
  return (
    <Section title={t.policies.ofApi}>
      <SmallTable<BoundRow>
        page={page}
        rowKey={({ id }) => id}
        columns={[
          { key: 'policy', title: t.policies.one, render: (_, { policy, kind, policyName }) => <Link {...paths.policy({ id: policy, kind })}>{policyName}</Link> },
          { key: 'kind', title: t.policies.kind, render: (_, { kind }) => kindName(t, { dialect, kind }) },
          { key: 'stage', title: t.terms[dialect].stage, render: (_, { stage }) => stageName(stage) },
          actions,
        ]}
        empty={t.policies.ofApiEmpty}
      />
    </Section>
  )
}

// The APIs that a policy holds for, stage by stage.
import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Section } from '../../ui/section'
import { stagesOfQuery } from '../stages/queries'
import { bindingDocument } from './document'
import { type BindingRow, type BindingSearch, bindingsQuery, groupsOfQuery, policiesKey, type Policy, unbind } from './queries'

interface Props {
  readonly policy: Policy
  readonly search: BindingSearch
}

export function Bindings({ policy, search }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const queries = useQueryClient()
  const { data: page } = useSuspenseQuery(bindingsQuery(queries, policy.id, search))
  const { data: groups } = useSuspenseQuery(groupsOfQuery(policy.dialect))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(policy.dialect))
  const created = useCreatedColumn<BindingRow>(search)
  const words = { label: t.policies.unbind, effect: t.policies.unbindEffect, done: t.policies.unbound, touches: [policiesKey] }
  const asked = (name: string) => ({ name, title: `${t.policies.unbind}: ${name}` })
  const actions = useActionsColumn<BindingRow>((binding) => <DeleteButton size="small" {...words} {...asked(binding.named.api)} run={() => unbind([binding])} />)
  const options = (all: readonly { readonly id: string; readonly name: string }[]) => all.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section
      title={t.policies.bindings}
      actions={
        <>
          <CopyCurl path={`/api/v1/policies/${policy.id}/bindings`} query={{ group: search.group, stage: search.stage }} />
          <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.bindPolicy(policy))}>{t.policies.bind}</Act>
        </>
      }
    >
      <List<BindingRow>
        label={t.policies.bindings}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        filters={[
          { key: 'group', label: t.terms[policy.dialect].group, options: options(groups) },
          { key: 'stage', label: t.terms[policy.dialect].stage, options: options(stages) },
        ]}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={(binding) => bindingDocument(policy, binding)} />
            <DeleteButton {...words} {...asked(rows.map(({ named }) => named.api).join(', '))} run={() => unbind(rows)} then={clear} why={rows.length === 0 ? t.common.selectFirst : undefined} />
          </>
        )}
        columns={[
          { key: 'api', title: t.apis.one, render: (_, { api, named }) => <Link {...paths.api(api)}>{named.api}</Link> },
          { key: 'group', title: t.terms[policy.dialect].group, render: (_, { group, named }) => <Link {...paths.group(group)}>{named.group}</Link> },
          { key: 'stage', title: t.terms[policy.dialect].stage, render: (_, { named }) => named.stage },
          created,
          actions,
        ]}
        empty={t.policies.bindingsEmpty}
      />
    </Section>
  )
}

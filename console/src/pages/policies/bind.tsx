// Binds a policy to many APIs at once: a group, a stage, and the rows that are meant.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert, Flex, Select, Tag } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { FailureView } from '../../ui/failure-view'
import { byName, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { type Api, apisQuery } from '../apis/queries'
import { stagesOfQuery } from '../stages/queries'
import { shownStage } from '../variables/queries'
import { bindPolicy, groupsOfQuery, policiesKey, policyQuery } from './queries'

const route = getRouteApi('/known/policies/$family/$policy/bind')

export function BindPolicy() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const search = route.useSearch()
  const patch = useSearchPatch()
  const { data: policy } = useSuspenseQuery(policyQuery(route.useParams().policy))
  const { data: groups } = useSuspenseQuery(groupsOfQuery(policy.dialect))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(policy.dialect))
  const stage = shownStage(search, stages)
  const group = groups.find(({ id }) => id === search.group) ?? groups[0]
  const { stage: _stage, ...list } = search
  const apis = useQuery({ ...apisQuery({ ...list, ...(group && { group: group.id }) }), enabled: group !== undefined })
  const [failure, setFailure] = useState<Error>()
  const created = useCreatedColumn<Api>(search)
  const change = useChange({
    run: (rows: readonly Api[]) => bindPolicy(policy, rows.map(({ id }) => id), stage.id),
    touches: [policiesKey],
    done: t.policies.bound,
    then: () => void navigate(paths.policy(policy)),
    failed: setFailure,
  })
  const options = (all: readonly { readonly id: string; readonly name: string }[]) => all.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Page title={t.policies.bindTo(policy.name)}>
      <Flex gap={8} wrap>
        <Select aria-label={t.terms[policy.dialect].group} style={{ minWidth: 220 }} value={group?.id ?? null} options={options(groups)} showSearch={{ optionFilterProp: 'label' }} onChange={(value) => patch({ group: value, search: undefined })} />
        <Select aria-label={t.terms[policy.dialect].stage} style={{ minWidth: 160 }} value={stage.id} options={options(stages)} onChange={(value) => patch({ stage: value })} />
      </Flex>
      <Alert type="info" showIcon title={t.policies.bindHint} />
      {group === undefined && <Alert type="warning" title={t.policies.bindNoGroups} />}
      {apis.error && <FailureView error={apis.error} retry={() => void apis.refetch()} />}
      {failure && <FailureView error={failure} />}
      {apis.data && (
        <List<Api>
          label={t.apis.title}
          page={apis.data}
          search={search as typeof search & Record<string, unknown>}
          searchable={t.common.search}
          rowKey={({ id }) => id}
          bulk={(rows) => (
            <Act type="primary" loading={change.isPending} why={readOnly ?? (rows.length === 0 ? t.common.selectFirst : undefined)} onClick={() => change.mutate(rows)}>{t.policies.bindSelected}</Act>
          )}
          columns={[
            { ...byName(search, t.common.name), render: (_, { definition }) => definition.name },
            { key: 'method', title: t.apis.method, render: (_, { definition }) => <Tag>{definition.request.method}</Tag> },
            { key: 'path', title: t.apis.path, render: (_, { definition }) => definition.request.path },
            created,
          ]}
          empty={t.policies.bindEmpty}
        />
      )}
    </Page>
  )
}

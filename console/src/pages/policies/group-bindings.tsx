// The groups that a policy holds for as a whole, stage by stage.
import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Flex, Form, Select } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { FormDialog } from '../../ui/form/form-dialog'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { yaml } from '../../ui/yaml'
import { stagesOfQuery } from '../stages/queries'
import { groupBindingDocument } from './document'
import { bindPolicyToGroup, type GroupBindingRow, groupBindingsQuery, groupsOfQuery, policiesKey, type Policy, unbindGroup } from './queries'

export function GroupBindings({ policy }: { readonly policy: Policy }) {
  const t = useText()
  const { data: page } = useSuspenseQuery(groupBindingsQuery(useQueryClient(), policy.id))
  const time = useTime()
  const words = { label: t.policies.unbind, effect: t.policies.unbindGroupEffect, done: t.policies.unbound, touches: [policiesKey] }
  const actions = useActionsColumn<GroupBindingRow>((binding) => (
    <Flex gap={8}>
      <CopyButton size="small" label={t.common.copyYaml} text={() => yaml(groupBindingDocument(policy, binding))} />
      <DeleteButton size="small" {...words} name={binding.named.group} title={`${t.policies.unbind}: ${binding.named.group}`} run={() => unbindGroup(binding)} />
    </Flex>
  ))
  return (
    <Section title={t.policies.groupBindings} actions={<BindGroup policy={policy} />}>
      <SmallTable<GroupBindingRow>
        page={page}
        rowKey={({ id }) => id}
        columns={[
          { key: 'group', title: t.terms[policy.dialect].group, render: (_, { group, named }) => <Link {...paths.group(group)}>{named.group}</Link> },
          { key: 'stage', title: t.terms[policy.dialect].stage, render: (_, { named }) => named.stage },
          { key: 'created', title: t.common.created, render: (_, { created_at }) => time(created_at) },
          actions,
        ]}
        empty={t.policies.groupBindingsEmpty}
      />
    </Section>
  )
}

function BindGroup({ policy }: { readonly policy: Policy }) {
  const t = useText()
  const { data: groups } = useSuspenseQuery(groupsOfQuery(policy.dialect))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(policy.dialect))
  const options = (all: readonly { readonly id: string; readonly name: string }[]) => all.map(({ id, name }) => ({ value: id, label: name }))
  const release = stages.find(({ name }) => name === 'RELEASE')
  return (
    <FormDialog<Schemas['GroupTarget'], unknown>
      label={t.policies.bindGroup}
      icon={<PlusOutlined />}
      title={t.policies.bindGroup}
      why={groups.length === 0 ? t.policies.bindNoGroups : undefined}
      initial={release === undefined ? {} : { stage: release.id }}
      save={(target) => bindPolicyToGroup(policy, target)}
      touches={[policiesKey]}
      done={t.policies.bound}
      submit={t.policies.bindTheGroup}
    >
      <Alert type="info" showIcon title={t.policies.bindGroupHint} style={{ marginBottom: 16 }} />
      <Form.Item name="group" label={t.terms[policy.dialect].group} rules={[{ required: true }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options(groups)} />
      </Form.Item>
      <Form.Item name="stage" label={t.terms[policy.dialect].stage} rules={[{ required: true }]}>
        <Select options={options(stages)} />
      </Form.Item>
    </FormDialog>
  )
}

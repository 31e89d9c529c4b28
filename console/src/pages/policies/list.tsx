import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { dialects } from '../groups/queries'
import { deletePolicy, type Policy, policiesKey, policiesQuery } from './queries'

const route = getRouteApi('/known/policies')

export function PolicyList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(policiesQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Policy>(search)
  const actions = useActionsColumn<Policy>((policy) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.bindPolicy(policy.id))}>{t.policies.bind}</Act>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editPolicy(policy.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={policy.name} effect={t.policies.deleteEffect} run={() => deletePolicy(policy)} touches={[policiesKey]} />
    </Flex>
  ))
  const add = <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newPolicy())}>{t.policies.create}</Act>
  return (
    <Page title={t.policies.title} actions={add}>
      <List<Policy>
        label={t.policies.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'dialect', label: t.terms.dialect, options: dialects.map((value) => ({ value, label: t.terms[value].dialect })) }]}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => <DeleteMany rows={rows} name={({ name }) => name} run={deletePolicy} touches={[policiesKey]} clear={clear} effect={t.policies.deleteEffect} />}
        columns={[
          { key: 'name', title: t.common.name, render: (_, { id, name }) => <Link {...paths.policy(id)}>{name}</Link> },
          { key: 'kind', title: t.policies.kind, render: (_, { dialect }) => t.policies.kinds[dialect] },
          { key: 'dialect', title: t.terms.dialect, render: (_, { dialect }) => <Tag>{t.terms[dialect].dialect}</Tag> },
          { key: 'remark', title: t.policies.remark, dataIndex: 'remark', ellipsis: true },
          created,
          actions,
        ]}
        empty={t.policies.empty}
      />
    </Page>
  )
}

import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Radio, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { word } from '../../ui/word'
import { dialectsOf, firstKind, kindsOf } from './families'
import { deletePolicy, type Policy, policiesKey, policiesQuery, shownKind } from './queries'
import { namedApps, namesUsers, policyDocument } from './settings'
import { useSummary } from './summary'

const route = getRouteApi('/known/policies/$family/')

export function PolicyList() {
  const t = useText()
  const { family } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const summary = useSummary()
  const { data: page } = useSuspenseQuery(policiesQuery(family, search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Policy>(search)
  const words = t.policies.families[family]
  const kind = shownKind(family, search)
  const dialects = dialectsOf(kind)
  const actions = useActionsColumn<Policy>((policy) => (
    <Flex gap={8}>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.bindPolicy(policy))}>{t.policies.bind}</Act>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editPolicy(policy))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={policy.name} effect={t.policies.deleteEffect} run={() => deletePolicy(policy)} touches={[policiesKey]} />
    </Flex>
  ))
  const bulk = (rows: readonly Policy[], clear: () => void) => (
    <>
      <CopyMany rows={rows} document={(policy) => policyDocument(policy, (app) => app)} why={rows.some(namesUsers) ? t.policies.specialsNoYaml : rows.some((policy) => namedApps(policy).length > 0) ? t.policies.specialsOnPage : undefined} />
      <DeleteMany rows={rows} name={({ name }) => name} run={deletePolicy} touches={[policiesKey]} clear={clear} effect={t.policies.deleteEffect} />
    </>
  )
  const add = (
    <>
      <CopyCurl path="/api/v1/policies" query={{ kind, dialect: search.dialect, search: search.search }} />
      <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newPolicy(family))}>{words.create}</Act>
    </>
  )
  return (
    <Page title={words.title} actions={add}>
      <Kinds />
      <List<Policy>
        label={words.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={dialects.length > 1 ? [{ key: 'dialect', label: t.terms.dialect, options: dialects.map((value) => ({ value, label: t.terms[value].dialect })) }] : []}
        rowKey={({ id }) => id}
        bulk={bulk}
        columns={[
          { ...byName(search, t.common.name), render: (_, policy) => <Link {...paths.policy(policy)}>{policy.name}</Link> },
          { key: 'kind', title: t.policies.kind, render: (_, { dialect }) => `${t.terms[dialect].dialect}: ${word(t.policies.kinds[dialect], family)}` },
          { key: 'summary', title: t.policies.settings, render: (_, policy) => <Typography.Text ellipsis style={{ maxWidth: 240 }}>{summary(policy)}</Typography.Text> },
          { key: 'remark', title: t.policies.remark, dataIndex: 'remark', ellipsis: true },
          created,
          actions,
        ]}
        empty={words.empty}
      />
    </Page>
  )
}

/** Which of the family's kinds is listed; nothing where it has one alone. */
function Kinds() {
  const t = useText()
  const patch = useSearchPatch()
  const { family } = route.useParams()
  const kind = shownKind(family, route.useSearch())
  const all = kindsOf(family)
  if (all.length === 1) return null
  const choose = (value: string) => patch({ kind: value === firstKind(family) ? undefined : value, dialect: undefined })
  return <Radio.Group aria-label={t.policies.kind} optionType="button" value={kind} options={all.map((value) => ({ value, label: t.policies.entities[value] }))} onChange={({ target }) => choose(String(target.value))} />
}

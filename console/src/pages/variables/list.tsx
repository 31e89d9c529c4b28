import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Flex, Select, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { groupQuery } from '../groups/queries'
import { GroupTabs } from '../groups/tabs'
import { stagesOfQuery } from '../stages/queries'
import { AddVariable, ChangeVariable } from './dialogs'
import { deleteVariable, shownStage, type Variable, variablesKey, variablesQuery } from './queries'

const route = getRouteApi('/known/groups/$group/variables')

export function VariableList() {
  const t = useText()
  const search = route.useSearch()
  const patch = useSearchPatch()
  const readOnly = useReadOnlyReason()
  const { data: group } = useSuspenseQuery(groupQuery(route.useParams().group))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(group.dialect))
  const stage = shownStage(search, stages)
  const { data: page } = useSuspenseQuery(variablesQuery(group.id, stage.id, search))
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Variable>()
  const created = useCreatedColumn<Variable>(search)
  const document = ({ name, value }: Variable) => ({ kind: 'variable', group: `${group.dialect}/${group.name}`, stage: stage.name, name, value })
  const actions = useActionsColumn<Variable>((variable) => (
    <Flex gap={8}>
      <CopyButton size="small" label={t.common.copyYaml} text={() => yaml(document(variable))} />
      <Act size="small" why={readOnly} onClick={() => setChanging(variable)}>{t.common.edit}</Act>
      <DeleteButton size="small" name={variable.name} effect={t.variables.deleteEffect} run={() => deleteVariable(variable)} touches={[variablesKey]} />
    </Flex>
  ))
  const choose = (
    <Select
      aria-label={t.terms[group.dialect].stage}
      style={{ minWidth: 160 }}
      value={stage.id}
      options={stages.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) => patch({ stage: value, search: undefined })}
      showSearch={{ optionFilterProp: 'label' }}
    />
  )
  return (
    <Page
      title={t.variables.titleOf(group.name, t.variables.title[group.dialect])}
      actions={<>{choose}<CopyCurl path={`/api/v1/groups/${group.id}/stages/${stage.id}/variables`} query={{ search: search.search }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => setAdding(true)}>{t.variables.add}</Act></>}
    >
      <GroupTabs group={group.id} here="variables" />
      <List<Variable>
        label={t.variables.title[group.dialect]}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={document} />
            <DeleteMany rows={rows} name={({ name }) => name} run={deleteVariable} touches={[variablesKey]} clear={clear} effect={t.variables.deleteEffect} />
          </>
        )}
        columns={[
          { ...byName(search, t.common.name), render: (_, { name }) => <Typography.Text code>{`#${name}#`}</Typography.Text> },
          { key: 'value', title: t.variables.value, render: (_, { value }) => <Typography.Text copyable={{ tooltips: false }}>{value}</Typography.Text> },
          created,
          actions,
        ]}
        empty={t.variables.empty(stage.name)}
      />
      <AddVariable open={adding} group={group.id} stage={stage.id} close={() => setAdding(false)} />
      <ChangeVariable variable={changing} close={() => setChanging(undefined)} />
    </Page>
  )
}

import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { dialects } from '../groups/queries'
import { deleteStage, isBuiltIn, type Stage, stageDocument, stagesKey, stagesQuery } from './queries'

const route = getRouteApi('/known/stages')

export function StageList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(stagesQuery(search))
  const readOnly = useReadOnlyReason()
  const created = useCreatedColumn<Stage>(search)
  const why = (stage: Stage) => (isBuiltIn(stage) ? t.stages.builtInReason : undefined)
  const actions = useActionsColumn<Stage>((stage) => (
    <Flex gap={8}>
      <CopyButton size="small" label={t.common.copyYaml} text={() => yaml(stageDocument(stage))} why={why(stage)} />
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editStage(stage.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={stage.name} effect={t.stages.deleteEffect} run={() => deleteStage(stage)} touches={[stagesKey]} why={why(stage)} />
    </Flex>
  ))
  const add = (
    <>
      <CopyCurl path="/api/v1/stages" query={{ search: search.search, dialect: search.dialect }} />
      <Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newStage())}>
        {search.dialect ? t.stages.create[search.dialect] : t.stages.createAny}
      </Act>
    </>
  )
  return (
    <Page title={search.dialect ? t.terms[search.dialect].stages : t.stages.title} actions={add}>
      <List<Stage>
        label={t.stages.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'dialect', label: t.terms.dialect, options: dialects.map((value) => ({ value, label: t.terms[value].dialect })) }]}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={stageDocument} why={rows.some(isBuiltIn) ? t.stages.builtInReason : undefined} />
            <DeleteMany rows={rows} name={({ name }) => name} run={deleteStage} touches={[stagesKey]} clear={clear} effect={t.stages.deleteEffect} why={rows.some(isBuiltIn) ? t.stages.builtInReason : undefined} />
          </>
        )}
        columns={[
          {
            ...byName(search, t.common.name),
            render: (_, stage) => <>{stage.name} {isBuiltIn(stage) && <Tag>{t.stages.builtIn}</Tag>}</>,
          },
          { key: 'dialect', title: t.terms.dialect, render: (_, { dialect }) => <Tag>{t.terms[dialect].dialect}</Tag> },
          { key: 'description', title: t.common.description, ellipsis: true, dataIndex: 'description' },
          created,
          actions,
        ]}
        empty={t.stages.empty}
      />
    </Page>
  )
}

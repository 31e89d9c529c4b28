import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form, Select } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Page } from '../../ui/page'
import { useSearchPatch } from '../../ui/list/use-search'
import { groupChoicesQuery } from './around'
import { createApi } from './queries'
import { definitionOf, fresh } from './wizard/definition'
import { Wizard } from './wizard/wizard'

const route = getRouteApi('/known/apis/new')

export function NewApi() {
  const t = useText()
  const navigate = useNavigate()
  const patch = useSearchPatch()
  const { group: wanted } = route.useSearch()
  const { data: groups } = useSuspenseQuery(groupChoicesQuery)
  const group = groups.find(({ id }) => id === wanted) ?? groups[0]
  const choice = (
    <Form.Item label={t.apis.group} htmlFor="api-group" extra={group === undefined && t.apis.noGroups} required>
      <Select
        id="api-group"
        showSearch={{ optionFilterProp: 'label' }}
        value={group?.id ?? null}
        onChange={(id) => patch({ group: id })}
        options={groups.map(({ id, name, dialect }) => ({ value: id, label: `${name} (${t.terms[dialect].dialect})` }))}
      />
    </Form.Item>
  )
  return (
    <Page title={t.apis.create}>
      <Wizard
        draft="apis/new"
        initial={fresh}
        groups={choice}
        dialect={group?.dialect ?? 'alibaba'}
        save={(values) => (group ? createApi(group.id, definitionOf(values)) : Promise.reject(new Error(t.apis.noGroups)))}
        then={({ id }) => void navigate(paths.api(id))}
        cancel={() => void navigate(paths.apis())}
        submit={t.common.create}
      />
    </Page>
  )
}

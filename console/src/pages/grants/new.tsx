import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { present } from '../../ui/list/search'
import { Page } from '../../ui/page'
import { Pick } from '../../ui/pick/pick'
import { findGroups } from './find'
import { AppsAndApis } from './pairs'
import { chosenQuery, createGrants, type GrantDraft, grantsKey, type Started } from './queries'
import { UntilField } from './until'

const route = getRouteApi('/known/grants/new')

export function NewGrants() {
  const t = useText()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { data: chosen } = useSuspenseQuery(chosenQuery(search))
  const [form] = Form.useForm<GrantDraft>()
  const ids = (choices: typeof chosen.apps) => choices.map(({ value }) => value)
  return (
    <Page title={t.grants.create}>
      <EditForm<GrantDraft, Started>
        form={form}
        {...(Object.keys(search).length === 0 && { draft: 'grants/new' })}
        initial={present({ group: chosen.group, apps: ids(chosen.apps), apis: ids(chosen.apis) })}
        save={createGrants}
        touches={[grantsKey]}
        done={t.common.saved}
        then={(task) => void navigate(task ? paths.task(task.id) : paths.grants())}
        submit={t.grants.create}
        cancel={() => void navigate(paths.grants())}
      >
        <Form.Item name="group" label={t.grants.group} rules={[{ required: true }]}>
          <Pick find={findGroups} known={chosen.groups} onChange={() => form.setFieldsValue({ apis: [], stage: undefined as never })} />
        </Form.Item>
        <AppsAndApis form={form} apps={chosen.apps} apis={chosen.apis} />
        <UntilField />
        <Form.Item name="remark" label={t.grants.remark}>
          <Input autoComplete="off" maxLength={2000} />
        </Form.Item>
      </EditForm>
    </Page>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { GroupFields } from './fields'
import { createGroup, dialects, groupsKey } from './queries'

type Draft = Schemas['GroupDraft']

export function NewGroup() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Page title={t.groups.create}>
      <EditForm<Draft, { readonly id: string }>
        draft="groups/new"
        initial={{ dialect: 'alibaba', base_path: '/', app_code: 'disabled' }}
        save={createGroup}
        touches={[groupsKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.group(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.groups())}
      >
        <Form.Item name="dialect" label={t.terms.dialect} extra={t.groups.dialectHint} rules={[{ required: true }]}>
          <Radio.Group optionType="button" options={dialects.map((value) => ({ value, label: t.terms[value].dialect }))} />
        </Form.Item>
        <GroupFields />
      </EditForm>
    </Page>
  )
}

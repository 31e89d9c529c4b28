import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { BlackListFields, type BlackListForm, fieldOf, written } from './fields'
import { type BlackList, blackListsKey, createBlackList } from './queries'

const route = getRouteApi('/known/black-lists/new')

export function NewBlackList() {
  const t = useText()
  const navigate = useNavigate()
  const { kind = 'address' } = route.useSearch()
  const [form] = Form.useForm<BlackListForm>()
  return (
    <Page title={t.blackLists.create}>
      <EditForm<BlackListForm, BlackList>
        form={form}
        draft="black-lists/new"
        initial={{ kind }}
        save={(draft) => createBlackList(written(draft))}
        fieldOf={(pointer) => fieldOf(t, form.getFieldValue('kind'), pointer)}
        touches={[blackListsKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.blackList(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.blackLists())}
      >
        <BlackListFields form={form} initial={kind} />
      </EditForm>
    </Page>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { entriesOf, kindOf } from './entries'
import { BlackListFields, type BlackListForm, fieldOf, written } from './fields'
import { blackListQuery, blackListsKey, updateBlackList } from './queries'

const route = getRouteApi('/known/black-lists/$list/edit')

export function EditBlackList() {
  const t = useText()
  const navigate = useNavigate()
  const [form] = Form.useForm<BlackListForm>()
  const { data: list } = useSuspenseQuery(blackListQuery(route.useParams().list))
  const { id, name, description, entries, named } = list
  const leave = () => void navigate(paths.blackList(id))
  return (
    <Page title={`${t.blackLists.edit}: ${name}`}>
      <EditForm<BlackListForm, unknown>
        form={form}
        draft={`black-lists/${id}`}
        initial={{ kind: kindOf(entries), name, description, entries }}
        save={(draft) => updateBlackList(list, written(draft))}
        fieldOf={(pointer) => fieldOf(t, form.getFieldValue('kind'), pointer)}
        touches={[blackListsKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <BlackListFields form={form} initial={kindOf(entries)} listed={entriesOf(entries)} known={[...named].map(([value, label]) => ({ value, label }))} />
      </EditForm>
    </Page>
  )
}

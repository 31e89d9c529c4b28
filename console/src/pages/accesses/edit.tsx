import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { AccessFields } from './fields'
import { type AccessDraft, accessesKey, accessQuery, chosen, replaceAccess } from './queries'

const route = getRouteApi('/known/backend-accesses/$access/edit')

export function EditAccess() {
  const t = useText()
  const navigate = useNavigate()
  const { data: access } = useSuspenseQuery(accessQuery(route.useParams().access))
  const leave = () => void navigate(paths.access(access.id))
  return (
    <Page title={`${t.accesses.edit}: ${access.name}`}>
      <EditForm<AccessDraft, unknown>
        draft={`accesses/${access.id}`}
        initial={{ scheme: 'http', ...chosen(access) }}
        save={(draft) => replaceAccess(access, filled(draft))}
        touches={[accessesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <AccessFields />
      </EditForm>
    </Page>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { AppFields } from './fields'
import { appQuery, appsKey, updateApp } from './queries'

const route = getRouteApi('/known/apps/$app/edit')

export function EditApp() {
  const t = useText()
  const navigate = useNavigate()
  const { app: id } = route.useParams()
  const { data: app } = useSuspenseQuery(appQuery(id))
  const leave = () => void navigate(paths.app(id))
  return (
    <Page title={`${t.apps.edit}: ${app.name}`}>
      <EditForm<Schemas['AppPatch'], unknown>
        draft={`apps/${id}`}
        initial={{ name: app.name, description: app.description ?? '' }}
        save={(patch) => updateApp(app, patch)}
        touches={[appsKey, ['names', 'app']]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <AppFields />
      </EditForm>
    </Page>
  )
}

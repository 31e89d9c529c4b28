import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { ServiceFields } from './fields'
import { serviceQuery, servicesKey, updateService } from './queries'

const route = getRouteApi('/known/backend-services/$service/edit')

export function EditService() {
  const t = useText()
  const navigate = useNavigate()
  const { data: service } = useSuspenseQuery(serviceQuery(useQueryClient(), route.useParams().service))
  const leave = () => void navigate(paths.backendService(service.id))
  return (
    <Page title={`${t.backendServices.edit}: ${service.name}`}>
      <EditForm<Schemas['BackendServicePatch'], unknown>
        draft={`backend-services/${service.id}`}
        initial={{ name: service.name, description: service.description ?? '' }}
        save={(patch) => updateService(service, patch)}
        touches={[servicesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <ServiceFields />
      </EditForm>
    </Page>
  )
}

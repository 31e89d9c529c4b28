import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Page } from '../../ui/page'
import { groupQuery } from '../groups/queries'
import { apiQuery, updateApi } from './queries'
import { definitionOf } from './wizard/definition'
import { Wizard } from './wizard/wizard'

const route = getRouteApi('/known/apis/$api/edit')

export function EditApi() {
  const t = useText()
  const navigate = useNavigate()
  const { api: id } = route.useParams()
  const { data: api } = useSuspenseQuery(apiQuery(id))
  const { data: group } = useSuspenseQuery(groupQuery(api.group))
  const leave = () => void navigate(paths.api(id))
  return (
    <Page title={`${t.apis.edit}: ${api.definition.name}`}>
      <Wizard
        draft={`apis/${id}`}
        initial={api.definition}
        dialect={group.dialect}
        save={(values) => updateApi(api, definitionOf(values, api.definition))}
        then={leave}
        cancel={leave}
        submit={t.common.save}
        savesAnywhere
      />
    </Page>
  )
}

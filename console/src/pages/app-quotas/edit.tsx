import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { AppQuotaFields } from './fields'
import { type AppQuotaDraft, appQuotaQuery, boundKeys, chosen, replaceAppQuota } from './queries'

const route = getRouteApi('/known/app-quotas/$quota/edit')

export function EditAppQuota() {
  const t = useText()
  const navigate = useNavigate()
  const { data: quota } = useSuspenseQuery(appQuotaQuery(route.useParams().quota))
  const leave = () => void navigate(paths.appQuota(quota.id))
  return (
    <Page title={`${t.appQuotas.edit}: ${quota.name}`}>
      <EditForm<AppQuotaDraft, unknown>
        draft={`app-quotas/${quota.id}`}
        initial={chosen(quota)}
        save={(draft) => replaceAppQuota(quota, filled(draft))}
        touches={[...boundKeys, ['names', 'appQuota']]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <Alert type="info" showIcon title={t.appQuotas.changeEffect} style={{ marginBottom: 16 }} />
        <AppQuotaFields />
      </EditForm>
    </Page>
  )
}

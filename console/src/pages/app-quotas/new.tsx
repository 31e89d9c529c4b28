import { useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { AppQuotaFields } from './fields'
import { type AppQuota, type AppQuotaDraft, appQuotasKey, createAppQuota } from './queries'

export function NewAppQuota() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Page title={t.appQuotas.create}>
      <EditForm<AppQuotaDraft, AppQuota>
        draft="app-quotas/new"
        initial={{ interval: 1, unit: 'day' }}
        save={(draft) => createAppQuota(filled(draft))}
        touches={[appQuotasKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.appQuota(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.appQuotas())}
      >
        <AppQuotaFields />
      </EditForm>
    </Page>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { managementLine } from '../../ui/management-line'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { yaml } from '../../ui/yaml'
import { AppsOfQuota } from './apps'
import { nextReset, rate } from './period'
import { appQuotaDocument, appQuotaQuery, appQuotasKey, appsOfQuotaQuery, chosen, deleteAppQuota } from './queries'

const route = getRouteApi('/known/app-quotas/$quota')

export function AppQuotaOverview() {
  const t = useText()
  const time = useTime()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const search = route.useSearch()
  const { data: quota } = useSuspenseQuery(appQuotaQuery(route.useParams().quota))
  const { data: apps } = useSuspenseQuery(appsOfQuotaQuery(quota.id, search))
  const { id, name, first_reset, description } = quota
  // A search that finds nobody says nothing about who has it.
  const inUse = apps.items.length > 0 ? t.appQuotas.inUse : undefined
  const next = nextReset(quota, Date.now())
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PUT', `/api/v1/app-quotas/${id}`, chosen(quota))} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(appQuotaDocument(quota))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editAppQuota(id))}>{t.common.edit}</Act>
      <DeleteButton name={name} effect={t.appQuotas.deleteEffect} why={inUse} run={() => deleteAppQuota(quota)} touches={[[...appQuotasKey, 'list']]} then={() => void navigate(paths.appQuotas())} />
    </>
  )
  return (
    <Page title={name} actions={actions}>
      <Facts
        id={id}
        since={quota}
        items={[
          { label: t.appQuotas.calls, children: rate(t, quota) },
          { label: t.appQuotas.firstReset, children: first_reset == null ? t.appQuotas.withFirstCall : time(first_reset) },
          ...(next === undefined ? [] : [{ label: t.appQuotas.nextReset, children: time(next) }]),
          { label: t.common.description, children: description },
        ]}
      />
      <AppsOfQuota quota={quota} page={apps} search={search} />
    </Page>
  )
}

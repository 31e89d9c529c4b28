import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { BlackListsOfApp } from '../black-lists/of-app'
import { QuotaOfApp, useQuotaOf } from '../app-quotas/of-app'
import { AppAddresses, Freeze } from './access'
import { AppCodes } from './codes'
import { appDocument } from './document'
import { AppKeys } from './keys'
import { appQuery, appsKey, deleteApp } from './queries'
import { AppState } from './state'

const route = getRouteApi('/known/apps/$app')

export function AppOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: app } = useSuspenseQuery(appQuery(route.useParams().app))
  const { data: quota } = useQuotaOf(app)
  const actions = (
    <>
      <Act onClick={() => void navigate(paths.grants({ app: app.id }))}>{t.apps.authorizedApis}</Act>
      <Act type="primary" why={readOnly} onClick={() => void navigate(paths.newGrants({ apps: app.id }))}>{t.grants.create}</Act>
      <CopyCurl path={`/api/v1/apps/${app.id}`} />
      <CopyButton label={t.common.copyYaml} why={app.quota && !quota ? t.appQuotas.notRead : undefined} text={() => yaml(appDocument(app, quota?.name))} />
      <Freeze app={app} />
      <Act why={readOnly} onClick={() => void navigate(paths.editApp(app.id))}>{t.common.edit}</Act>
      <DeleteButton name={app.name} effect={t.apps.deleteEffect} run={() => deleteApp(app)} touches={[[...appsKey, 'list']]} then={() => void navigate(paths.apps())} />
    </>
  )
  return (
    <Page title={app.name} actions={actions}>
      <Facts
        id={app.id}
        since={app}
        items={[
          { label: t.apps.number, children: <Typography.Text copyable={{ tooltips: false }}>{String(app.number)}</Typography.Text> },
          { label: t.common.status, children: <AppState app={app} /> },
          { label: t.common.description, children: app.description },
        ]}
      />
      <AppKeys app={app.id} />
      <AppCodes app={app.id} />
      <QuotaOfApp app={app} />
      <AppAddresses app={app} />
      <BlackListsOfApp app={app} />
    </Page>
  )
}

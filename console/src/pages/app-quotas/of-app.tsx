// The quota that an app has, on the app's own page.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Descriptions, Form } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { FailureView } from '../../ui/failure-view'
import { FormDialog } from '../../ui/form/form-dialog'
import { Pick } from '../../ui/pick/pick'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { type App, updateApp } from '../apps/queries'
import { rate } from './period'
import { type AppQuota, appQuotaQuery, boundKeys, findAppQuotas, unbindApp } from './queries'

/** Read beside the page: an app whose quota cannot be read is shown all the same. */
export function useQuotaOf({ quota }: App) {
  return useQuery({ ...appQuotaQuery(quota?.id ?? ''), enabled: quota != null })
}

interface Props {
  readonly app: App
}

export function QuotaOfApp({ app }: Props) {
  const t = useText()
  const { data: quota, error, refetch } = useQuotaOf(app)
  return (
    <Section title={t.appQuotas.ofApp} actions={<><Choose app={app} quota={quota} />{app.quota && <Unbind app={app} quota={app.quota} name={quota?.name ?? app.quota.id} />}</>}>
      {app.quota == null && <span>{t.appQuotas.noneOfApp}</span>}
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {app.quota && quota && <Facts quota={quota} since={app.quota.since} />}
    </Section>
  )
}

function Facts({ quota, since }: { readonly quota: AppQuota; readonly since: number }) {
  const t = useText()
  const time = useTime()
  const { id, name } = quota
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[
        { label: t.appQuotas.one, children: <Link {...paths.appQuota(id)}>{name}</Link> },
        { label: t.appQuotas.calls, children: rate(t, quota) },
        { label: t.appQuotas.since, children: time(since) },
      ]}
    />
  )
}

function Choose({ app, quota }: Props & { readonly quota: AppQuota | undefined }) {
  const t = useText()
  return (
    <FormDialog<{ quota: string }, unknown>
      label={t.appQuotas.choose}
      title={`${t.appQuotas.choose}: ${app.name}`}
      initial={{ quota: app.quota?.id }}
      // The generator demands every member of a change; one that is absent stays as it is.
      save={({ quota }) => updateApp(app, { quota } as Schemas['AppPatch'])}
      touches={boundKeys}
      done={t.appQuotas.bound}
      submit={t.appQuotas.bindThem}
    >
      <Alert type="info" showIcon title={t.appQuotas.bindHint} style={{ marginBottom: 16 }} />
      <Form.Item name="quota" label={t.appQuotas.one} rules={[{ required: true }]}>
        <Pick find={findAppQuotas} known={quota ? [{ value: quota.id, label: quota.name }] : []} />
      </Form.Item>
    </FormDialog>
  )
}

interface UnbindProps extends Props {
  readonly quota: Schemas['BoundQuota']
  readonly name: string
}

function Unbind({ app, quota, name }: UnbindProps) {
  const t = useText()
  return (
    <DeleteButton
      label={t.appQuotas.unbind}
      name={name}
      title={`${t.appQuotas.unbind}: ${name}`}
      done={t.appQuotas.unbound}
      effect={t.appQuotas.unbindEffect}
      run={() => unbindApp(quota.id, app)}
      touches={boundKeys}
    />
  )
}

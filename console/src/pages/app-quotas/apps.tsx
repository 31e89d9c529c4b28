// The apps that have a quota: bound many at once, each of them counted alone.
import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Form } from 'antd'
import type { Page } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { DeleteMany } from '../../ui/delete-many'
import { FormDialog } from '../../ui/form/form-dialog'
import { byName, useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import type { NamedSearch } from '../../ui/list/search'
import { PickMany } from '../../ui/pick/pick'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import type { App } from '../apps/queries'
import { AppState } from '../apps/state'
import { findApps } from '../grants/find'
import { type AppQuota, bindApps, boundKeys, unbindApp } from './queries'

interface Props {
  readonly quota: AppQuota
  readonly page: Page<App>
  readonly search: NamedSearch
}

export function AppsOfQuota({ quota, page, search }: Props) {
  const t = useText()
  const time = useTime()
  const created = useCreatedColumn<App>(search)
  const run = (app: App) => unbindApp(quota.id, app)
  const words = (name: string) => ({ label: t.appQuotas.unbind, title: `${t.appQuotas.unbind}: ${name}`, done: t.appQuotas.unbound })
  const actions = useActionsColumn<App>((app) => (
    <DeleteButton size="small" name={app.name} {...words(app.name)} effect={t.appQuotas.unbindEffect} run={() => run(app)} touches={boundKeys} />
  ))
  return (
    <Section title={t.appQuotas.apps} actions={<BindApps quota={quota} />}>
      <List<App>
        label={t.appQuotas.apps}
        page={page}
        search={search as NamedSearch & Record<string, unknown>}
        searchable={t.common.search}
        rowKey={({ id }) => id}
        bulk={(rows, clear) => (
          <DeleteMany rows={rows} name={({ name }) => name} words={words(rows.map(({ name }) => name).join(', '))} effect={t.appQuotas.unbindEffect} run={run} touches={boundKeys} clear={clear} />
        )}
        columns={[
          { ...byName(search, t.common.name), render: (_, { id, name }) => <Link {...paths.app(id)}>{name}</Link> },
          { key: 'number', title: t.apps.number, dataIndex: 'number' },
          { key: 'state', title: t.common.status, render: (_, app) => <AppState app={app} /> },
          { key: 'since', title: t.appQuotas.since, render: (_, app) => app.quota && time(app.quota.since) },
          created,
          actions,
        ]}
        empty={t.appQuotas.appsEmpty}
      />
    </Section>
  )
}

function BindApps({ quota }: Pick<Props, 'quota'>) {
  const t = useText()
  return (
    <FormDialog<{ apps: string[] }, unknown>
      label={t.appQuotas.bind}
      type="primary"
      icon={<PlusOutlined />}
      title={`${t.appQuotas.bind}: ${quota.name}`}
      initial={{}}
      save={({ apps }) => bindApps(quota.id, apps)}
      touches={boundKeys}
      done={t.appQuotas.bound}
      submit={t.appQuotas.bindThem}
    >
      <Alert type="info" showIcon title={t.appQuotas.bindHint} style={{ marginBottom: 16 }} />
      <Form.Item name="apps" label={t.grants.apps} rules={[{ required: true }]}>
        <PickMany find={findApps} />
      </Form.Item>
    </FormDialog>
  )
}

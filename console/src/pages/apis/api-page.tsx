// Around every page of one API: its name, what can be done with it, and its other pages.
import { useNavigate } from '@tanstack/react-router'
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { Page } from '../../ui/page'
import { curlOf } from './call'
import { CopyYaml } from './copy-yaml'
import { PublishButton } from './publish/publish-button'
import { apisKey, deleteApi } from './queries'
import type { AboutApi } from './use-api'

interface Props {
  readonly about: AboutApi
  readonly tab: 'overview' | 'debug' | 'history' | 'metrics'
  readonly children: ReactNode
}

export function ApiPage({ about, tab, children }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { api, group, online, address, stageName } = about
  const { id, definition } = api
  const serving = online.map(({ stage }) => stageName(stage))
  const first = serving.includes('RELEASE') ? 'RELEASE' : serving[0]
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} why={first === undefined ? t.apis.overview.curlSleeps : undefined} text={() => curlOf(definition, group, address, first ?? '')} />
      <CopyYaml about={about} />
      <Act onClick={() => void navigate(paths.grants({ api: id }))}>{t.grants.title}</Act>
      <Act why={readOnly ?? (definition.auth.kind === 'app' ? undefined : t.apis.forEverybody)} onClick={() => void navigate(paths.newGrants({ group: group.id, apis: id }))}>{t.grants.create}</Act>
      <Act why={readOnly} onClick={() => void navigate(paths.editApi(id))}>{t.common.edit}</Act>
      <DeleteButton
        name={definition.name}
        effect={t.apis.deleteEffect}
        why={serving.length > 0 ? t.apis.onlineIn(serving.join(', ')) : undefined}
        run={() => deleteApi(api)}
        touches={[[...apisKey, 'list']]}
        then={() => void navigate(paths.apis())}
      />
      <PublishButton about={about} />
    </>
  )
  const links = { overview: paths.api(id), debug: paths.debugApi(id), history: paths.apiHistory(id), metrics: paths.apiMetrics(id) }
  const items = (['overview', 'debug', 'history', 'metrics'] as const).map((key) => ({ key, label: t.apis.tabs[key], children: key === tab ? children : null }))
  return (
    <Page title={definition.name} actions={actions}>
      <Tabs activeKey={tab} items={items} onChange={(key) => void navigate(links[key as keyof typeof links])} destroyOnHidden />
    </Page>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Descriptions, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { managementLine } from '../../ui/management-line'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { Bindings } from './bindings'
import { deletePolicy, policiesKey, policyQuery } from './queries'
import { policyDocument, settingsText } from './settings'
import { Specials, useSpecialNames } from './specials'

const route = getRouteApi('/known/policies/$policy')

export function PolicyOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const search = route.useSearch()
  const { data: policy } = useSuspenseQuery(policyQuery(route.useParams().policy))
  const appName = useSpecialNames(policy)
  const { name, remark, settings, dialect } = policy
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PATCH', `/api/v1/policies/${policy.id}`, { name, remark, settings })} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(policyDocument(policy, appName))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editPolicy(policy.id))}>{t.common.edit}</Act>
      <DeleteButton name={name} effect={t.policies.deleteEffect} run={() => deletePolicy(policy)} touches={[[...policiesKey, 'list']]} then={() => void navigate(paths.policies())} />
    </>
  )
  const { specials: _specials, ...shown } = typeof settings === 'string' ? { specials: undefined } : (settings as Record<string, unknown>)
  const text = dialect === 'alibaba' ? settingsText(settings) : yaml(shown)
  return (
    <Page title={name} actions={actions}>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { label: t.common.id, children: <Typography.Text copyable={{ tooltips: false }}>{policy.id}</Typography.Text> },
          { label: t.policies.kind, children: `${t.terms[dialect].dialect}: ${t.policies.kinds[dialect]}` },
          { label: t.policies.remark, children: remark },
          { label: t.policies.settings, children: <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{text}</pre> },
        ]}
      />
      {dialect === 'huawei' && <Specials policy={policy} appName={appName} />}
      <Bindings policy={policy} search={search} />
    </Page>
  )
}

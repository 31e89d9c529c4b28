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
import { yaml } from '../../ui/yaml'
import { useAppNames } from './app-names'
import { Bindings } from './bindings'
import { GroupBindings } from './group-bindings'
import { kindName } from './kind-name'
import { bindsGroups, deletePolicy, policiesKey, policyQuery } from './queries'
import { Secret } from './secret'
import { namedApps, namesUsers, policyDocument } from './settings'
import { useSettingsRows } from './settings-rows'
import { Specials } from './specials'

const route = getRouteApi('/known/policies/$family/$policy')

export function PolicyOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const search = route.useSearch()
  const { family, policy: id } = route.useParams()
  const { data: policy } = useSuspenseQuery(policyQuery(id))
  const rows = useSettingsRows(policy)
  const appName = useAppNames(namedApps(policy))
  const { name, remark, settings, dialect, kind } = policy
  const hasSecret = kind === 'signature_key'
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PATCH', `/api/v1/policies/${policy.id}`, { name, remark, settings })} />
      <CopyButton label={t.common.copyYaml} why={namesUsers(policy) ? t.policies.specialsNoYaml : undefined} text={() => yaml(policyDocument(policy, appName))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editPolicy(policy))}>{t.common.edit}</Act>
      <DeleteButton name={name} effect={t.policies.deleteEffect} run={() => deletePolicy(policy)} touches={[[...policiesKey, 'list']]} then={() => void navigate(paths.policies(family))} />
    </>
  )
  return (
    <Page title={name} actions={actions}>
      <Facts
        id={policy.id}
        items={[
          { label: t.policies.kind, children: `${t.terms[dialect].dialect}: ${kindName(t, policy)}` },
          { label: t.policies.remark, children: remark },
          ...rows,
          ...(hasSecret ? [{ label: t.policies.secret, children: <Secret policy={policy} /> }] : []),
        ]}
      />
      {dialect === 'huawei' && kind === 'throttle' && <Specials policy={policy} appName={appName} />}
      <Bindings policy={policy} search={search} />
      {bindsGroups(dialect) && <GroupBindings policy={policy} />}
    </Page>
  )
}

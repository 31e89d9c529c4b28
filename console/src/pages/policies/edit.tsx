import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { PolicyFields } from './fields'
import { policiesKey, type Policy, policyQuery, updatePolicy } from './queries'
import { settingsText, typed } from './settings'

type Patch = Schemas['PolicyPatch']
const route = getRouteApi('/known/policies/$policy/edit')

export function EditPolicy() {
  const t = useText()
  const navigate = useNavigate()
  const { data: policy } = useSuspenseQuery(policyQuery(route.useParams().policy))
  const leave = () => void navigate(paths.policy(policy.id))
  const settings = policy.dialect === 'huawei' ? policy.settings : (settingsText(policy.settings) as unknown as Policy['settings'])
  return (
    <Page title={`${t.policies.edit}: ${policy.name}`}>
      <EditForm<Patch, unknown>
        draft={`policies/${policy.id}`}
        initial={{ name: policy.name, remark: policy.remark ?? '', settings }}
        save={({ settings, ...values }) => updatePolicy(policy, { ...values, settings: written(policy, settings) })}
        touches={[policiesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <PolicyFields dialect={policy.dialect} />
      </EditForm>
    </Page>
  )
}

/** What the form does not show, excluded callers above all, stays as it was. */
function written(policy: Policy, settings: unknown): Policy['settings'] {
  if (typeof settings === 'string') return typed(settings) as Policy['settings']
  return filled({ ...policy.settings, ...(settings as object) }) as Policy['settings']
}

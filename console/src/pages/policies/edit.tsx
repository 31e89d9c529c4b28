import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { PolicyFields } from './fields'
import { policiesKey, policyQuery, updatePolicy } from './queries'
import { type FormSettings, opened, written } from './settings'

interface Draft {
  readonly name: string
  readonly remark: string
  readonly settings: FormSettings
}

const route = getRouteApi('/known/policies/$family/$policy/edit')

export function EditPolicy() {
  const t = useText()
  const navigate = useNavigate()
  const [form] = Form.useForm<Draft>()
  const { data: policy } = useSuspenseQuery(policyQuery(route.useParams().policy))
  const { dialect, kind, name, remark = '' } = policy
  const leave = () => void navigate(paths.policy(policy))
  // What the form does not show, excluded callers above all, stays as it was: it is in the form all the same.
  const settings = () => written(form.getFieldValue('settings') as FormSettings)
  return (
    <Page title={`${t.policies.edit}: ${name}`}>
      <EditForm<Draft, unknown>
        form={form}
        draft={`policies/${policy.id}`}
        initial={{ name, remark, settings: opened(policy) }}
        // The generator demands every member of a change; one that is absent stays as it is.
        save={({ name, remark }) => updatePolicy(policy, { name, remark, settings: settings() } as Schemas['PolicyPatch'])}
        touches={[policiesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <PolicyFields dialect={dialect} kind={kind} />
      </EditForm>
    </Page>
  )
}

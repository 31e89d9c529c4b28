import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { PolicyFields } from './fields'
import { fieldOf, type FormSettings, opened, written } from './form-settings'
import { policiesKey, policyQuery, updatePolicy } from './queries'

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
  const settings = () => form.getFieldValue('settings') as FormSettings
  return (
    <Page title={`${t.policies.edit}: ${name}`}>
      <EditForm<Draft, unknown>
        form={form}
        draft={`policies/${policy.id}`}
        initial={{ name, remark, settings: opened(policy) }}
        // The generator demands every member of a change; one that is absent stays as it is.
        save={({ name, remark }) => updatePolicy(policy, { name, remark, settings: written(dialect, settings()) } as Schemas['PolicyPatch'])}
        fieldOf={(pointer) => fieldOf(settings(), pointer)}
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

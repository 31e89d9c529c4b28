import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { type Dialect, dialects } from '../groups/queries'
import { PolicyFields } from './fields'
import { createPolicy, policiesKey, type Policy, type PolicyDraft } from './queries'
import { typed } from './settings'

const fresh = { type: 1, time_interval: 1, time_unit: 'SECOND' }

export function NewPolicy() {
  const t = useText()
  const navigate = useNavigate()
  const [form] = Form.useForm<PolicyDraft>()
  const dialect: Dialect = Form.useWatch('dialect', form) ?? 'huawei'
  // Settings of one dialect make no sense in the other.
  const changed = (to: Dialect) => form.setFieldValue('settings', to === 'huawei' ? fresh : '')
  return (
    <Page title={t.policies.create}>
      <EditForm<PolicyDraft, Policy>
        form={form}
        draft="policies/new"
        initial={{ dialect: 'huawei', kind: 'throttle', settings: fresh as unknown as PolicyDraft['settings'] }}
        save={(draft) => createPolicy({ ...filled(draft), kind: 'throttle', settings: filled(typeof draft.settings === 'string' ? typed(draft.settings) : draft.settings) as PolicyDraft['settings'] })}
        touches={[policiesKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.policy(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.policies())}
      >
        <Form.Item name="dialect" label={t.terms.dialect} extra={t.policies.dialectHint} rules={[{ required: true }]}>
          <Radio.Group
            optionType="button"
            options={dialects.map((value) => ({ value, label: `${t.terms[value].dialect}: ${t.policies.kinds[value]}` }))}
            onChange={(event) => changed(event.target.value as Dialect)}
          />
        </Form.Item>
        <PolicyFields dialect={dialect} />
      </EditForm>
    </Page>
  )
}

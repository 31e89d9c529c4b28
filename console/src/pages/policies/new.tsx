import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form, Input, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { word } from '../../ui/word'
import type { Dialect } from '../groups/queries'
import { dialectsOfFamily, firstKind, kindsOf, type PolicyKind } from './families'
import { PolicyFields } from './fields'
import { fieldOf, type FormSettings, written } from './form-settings'
import { createPolicy, policiesKey, type Policy } from './queries'
import { SecretField } from './secret'
import { fresh } from './settings'

interface Draft {
  readonly dialect: Dialect
  readonly kind: PolicyKind
  readonly name: string
  readonly remark?: string
  readonly settings: FormSettings
  readonly secret?: string
}

const route = getRouteApi('/known/policies/$family/new')

export function NewPolicy() {
  const t = useText()
  const navigate = useNavigate()
  const { family } = route.useParams()
  const [form] = Form.useForm<Draft>()
  const dialects = dialectsOfFamily(family)
  const first = dialects.at(-1) ?? 'huawei'
  const dialect = Form.useWatch('dialect', form) ?? first
  const kind = Form.useWatch('kind', form) ?? firstKind(family, first)
  const kinds = kindsOf(family, dialect)
  const hasSecret = kind === 'signature_key'
  const settings = () => form.getFieldValue('settings') as FormSettings
  // Settings of one kind make no sense in another: nothing of them stays.
  const become = (dialect: Dialect, kind: PolicyKind) => {
    form.setFieldValue('kind', kind)
    form.setFieldValue('settings', fresh(dialect, kind))
  }
  return (
    <Page title={t.policies.families[family].create}>
      <EditForm<Draft, Policy>
        key={family}
        form={form}
        {...(!hasSecret && { draft: `policies/new/${family}` })}
        initial={{ dialect: first, kind: firstKind(family, first), settings: fresh(first, firstKind(family, first)) }}
        save={({ remark = '', ...draft }) => createPolicy({ ...draft, remark, settings: written(draft.dialect, settings()) })}
        fieldOf={(pointer) => fieldOf(settings(), pointer)}
        touches={[policiesKey]}
        done={t.common.saved}
        then={(policy) => void navigate(paths.policy(policy))}
        submit={t.common.create}
        cancel={() => void navigate(paths.policies(family))}
      >
        <Form.Item name="dialect" label={t.terms.dialect} extra={t.policies.dialectHint} rules={[{ required: true }]}>
          <Radio.Group
            optionType="button"
            options={dialects.map((value) => ({ value, label: `${t.terms[value].dialect}: ${word(t.policies.kinds[value], family)}` }))}
            onChange={({ target }) => become(target.value as Dialect, firstKind(family, target.value as Dialect))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t.policies.kind} hidden={kinds.length === 1}>
          {kinds.length === 1 ? <Input /> : (
            <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: t.policies.entities[value] }))} onChange={({ target }) => become(dialect, target.value as PolicyKind)} />
          )}
        </Form.Item>
        <PolicyFields dialect={dialect} kind={kind} />
        {hasSecret && <SecretField dialect={dialect} />}
      </EditForm>
    </Page>
  )
}

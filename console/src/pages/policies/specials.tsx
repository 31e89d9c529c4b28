// Apps and users with numbers of their own, in policies of Huawei Cloud's dialect.
import { PlusOutlined } from '@ant-design/icons'
import { Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { DeleteButton } from '../../ui/delete-button'
import { EditForm } from '../../ui/form/edit-form'
import { FormDialog } from '../../ui/form-dialog'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Pick } from '../../ui/pick/pick'
import { Section } from '../../ui/section'
import { findApps } from '../grants/find'
import { policiesKey, type Policy, removeSpecial, setSpecial } from './queries'
import { type Special, specials } from './settings'

interface Props {
  readonly policy: Policy
  readonly appName: (app: string) => string
}

export function Specials({ policy, appName }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [adding, setAdding] = useState(false)
  const rows = specials(policy)
  const name = ({ object_type, object_id }: Special) => (object_type === 'APP' ? appName(object_id) : object_id)
  const actions = useActionsColumn<Special>((special) => (
    <DeleteButton size="small" label={t.common.remove} name={name(special)} effect={t.policies.removeSpecialEffect} run={() => removeSpecial(policy, special.object_id)} touches={[policiesKey]} />
  ))
  return (
    <Section title={t.policies.specials} actions={<Act icon={<PlusOutlined />} why={readOnly} onClick={() => setAdding(true)}>{t.policies.addSpecial}</Act>}>
      <SmallTable<Special>
        page={{ items: rows, next: null }}
        rowKey={({ object_id }) => object_id}
        empty={t.policies.specialsEmpty}
        columns={[
          { key: 'type', title: t.policies.specialType, render: (_, { object_type }) => t.policies.specialTypes[object_type === 'APP' ? 'app' : 'user'] },
          { key: 'name', title: t.common.name, render: (_, special) => name(special) },
          { key: 'limit', title: t.policies.limit, dataIndex: 'call_limits', align: 'right' },
          actions,
        ]}
      />
      <AddSpecial open={adding} policy={policy} close={() => setAdding(false)} />
    </Section>
  )
}

interface Draft {
  readonly object: { readonly type: 'app' | 'user'; readonly id: string }
  readonly limit: number
}

function AddSpecial({ open, policy, close }: { readonly open: boolean; readonly policy: Policy; readonly close: () => void }) {
  const t = useText()
  const [form] = Form.useForm<Draft>()
  const type = Form.useWatch(['object', 'type'], form) ?? 'app'
  return (
    <FormDialog open={open} title={t.policies.addSpecial} close={close}>
      <EditForm<Draft, unknown>
        form={form}
        initial={{ object: { type: 'app', id: undefined as unknown as string } }}
        save={(draft) => setSpecial(policy, draft)}
        touches={[policiesKey]}
        done={t.common.saved}
        then={close}
        submit={t.common.add}
        cancel={close}
      >
        <Form.Item name={['object', 'type']} label={t.policies.specialType}>
          <Radio.Group optionType="button" options={(['app', 'user'] as const).map((value) => ({ value, label: t.policies.specialTypes[value] }))} onChange={() => form.setFieldValue(['object', 'id'], undefined)} />
        </Form.Item>
        {type === 'app' ? (
          <Form.Item name={['object', 'id']} label={t.policies.appOf} rules={[{ required: true }]}><Pick find={findApps} /></Form.Item>
        ) : (
          <Form.Item name={['object', 'id']} label={t.policies.account} extra={t.policies.accountHint} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
        )}
        <Form.Item name="limit" label={t.policies.limit} rules={[{ required: true }]}>
          <InputNumber min={1} precision={0} style={{ width: 200 }} />
        </Form.Item>
      </EditForm>
    </FormDialog>
  )
}

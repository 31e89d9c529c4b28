import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { NameField } from '../../ui/form/common-fields'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { entriesFrom } from './entries'
import { AddressFields, type Choice, EffectField, enforcedBy } from './fields'
import { type AccessList, accessListsKey, createAccessList, enforcedQuery, type IpVersion, versions } from './queries'

interface Draft {
  readonly name: string
  readonly ip_version: IpVersion
  readonly entries?: readonly string[]
  readonly comment?: string
  readonly enforced: Choice
}

export function NewAccessList() {
  const t = useText()
  const navigate = useNavigate()
  const { data: inForce } = useSuspenseQuery(enforcedQuery)
  const [form] = Form.useForm<Draft>()
  const version = Form.useWatch('ip_version', form) ?? 'ipv4'
  const entries = Form.useWatch('entries', form)?.length ?? 0
  return (
    <Page title={t.accessLists.create}>
      <EditForm<Draft, AccessList>
        form={form}
        draft="access-lists/new"
        initial={{ ip_version: 'ipv4', enforced: 'nothing' }}
        save={({ name, ip_version, entries = [], comment, enforced }) => createAccessList({ name, ip_version, entries: entriesFrom(entries, comment), enforced: enforcedBy(enforced) })}
        touches={[accessListsKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.accessList(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.accessLists())}
      >
        <NameField extra={t.accessLists.nameHint} />
        <Form.Item name="ip_version" label={t.accessLists.version} extra={t.accessLists.versionHint} rules={[{ required: true }]}>
          <Radio.Group optionType="button" options={versions.map((value) => ({ value, label: t.accessLists.versions[value] }))} />
        </Form.Item>
        <AddressFields version={version} required="optional" />
        <EffectField version={version} entries={entries} inForce={inForce} />
      </EditForm>
    </Page>
  )
}

// What a new black list and a changed one have in common, and the field for entries of one kind.
import { Form, type FormInstance, Radio } from 'antd'
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'
import { LinesInput } from '../../ui/form/lines-input'
import { type Choice, PickMany } from '../../ui/pick/pick'
import { findApps } from '../grants/find'
import { type BlackListKind, kinds, listed } from './entries'
import type { BlackListDraft } from './queries'

/** A list as the form has it: entries of other kinds are forgotten when it is saved. */
export interface BlackListForm {
  readonly kind: BlackListKind
  readonly name: string
  readonly description?: string
  readonly entries: { readonly [kind in BlackListKind]?: readonly string[] }
}

export function written({ kind, name, description = '', entries }: BlackListForm): BlackListDraft {
  return { name, description, entries: listed(kind, entries[kind] ?? []) }
}

interface Props {
  readonly form: FormInstance<BlackListForm>
  readonly initial: BlackListKind
  /** Names of apps that are listed already. */
  readonly known?: readonly Choice[]
}

export function BlackListFields({ form, initial, known }: Props) {
  const t = useText()
  const kind = Form.useWatch('kind', form) ?? initial
  return (
    <>
      <NameField extra={t.blackLists.nameHint} />
      <Form.Item name="kind" label={t.blackLists.kind} extra={t.blackLists.kindHints[kind]} rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: t.blackLists.kinds[value] }))} />
      </Form.Item>
      <EntriesField key={kind} kind={kind} known={known} />
      <DescriptionField />
    </>
  )
}

const ID = /^[0-9a-f]{32}$/

interface EntriesProps {
  readonly kind: BlackListKind
  readonly known?: readonly Choice[] | undefined
}

export function EntriesField({ kind, known = [] }: EntriesProps) {
  const t = useText()
  // The gateway's complaint about an id does not say which list it is of, and so finds no field.
  const areIds = (_rule: unknown, entries: readonly string[] = []) => {
    const wrong = entries.find((entry) => !ID.test(entry))
    return wrong === undefined ? Promise.resolve() : Promise.reject(new Error(t.blackLists.noId(wrong)))
  }
  switch (kind) {
    case 'address':
      return (
        <Form.Item name={['entries', 'address']} label={t.policies.addresses} extra={t.policies.addressesHint} rules={[{ required: true }]}>
          <LinesInput placeholder={'192.0.2.0/24\n198.51.100.5-198.51.100.10\n2001:db8::1'} />
        </Form.Item>
      )
    case 'app':
      return (
        <Form.Item name={['entries', 'app']} label={t.grants.apps} rules={[{ required: true }]}>
          <PickMany find={findApps} known={known} />
        </Form.Item>
      )
    case 'user':
      return (
        <Form.Item name={['entries', 'user']} label={t.blackLists.users} extra={t.blackLists.usersHint} rules={[{ required: true }, { validator: areIds }]}>
          <LinesInput />
        </Form.Item>
      )
  }
}

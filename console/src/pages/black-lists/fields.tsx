// What a new black list and a changed one have in common, and the field for entries of one kind.
import { Form, type FormInstance, Radio } from 'antd'
import { useText } from '../../i18n/text'
import type { Messages } from '../../i18n/types'
import { DescriptionField, NameField } from '../../ui/form/common-fields'
import { Confirmation } from '../../ui/form/confirmation'
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
  /** Who is kept out already. */
  readonly listed?: readonly string[]
}

export function BlackListFields({ form, initial, known, listed = [] }: Props) {
  const t = useText()
  const kind = Form.useWatch('kind', form) ?? initial
  const entries = Form.useWatch(['entries', kind], form) ?? []
  return (
    <>
      <NameField extra={t.blackLists.nameHint} />
      <Form.Item name="kind" label={t.blackLists.kind} extra={t.blackLists.kindHints[kind]} rules={[{ required: true }]}>
        <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: t.blackLists.kinds[value] }))} />
      </Form.Item>
      <EntriesField key={kind} kind={kind} known={known} />
      <DescriptionField />
      {entries.some((entry) => !listed.includes(entry)) && <Confirmation effect={t.blackLists.keepsOut[kind]} />}
    </>
  )
}

/**
 * Where the form has what the gateway complains of, and which entry of it. A complaint about an id does not say which kind it is
 * of: `/entries/0`.
 */
export function fieldOf(t: Messages, kind: BlackListKind, pointer: string): string {
  const [, index] = /^\/entries(?:\/[a-z]+)?\/(\d+)$/.exec(pointer) ?? []
  return index === undefined ? pointer : `/entries/${kind}/${t.blackLists.nth[kind](Number(index) + 1)}`
}

interface EntriesProps {
  readonly kind: BlackListKind
  readonly known?: readonly Choice[] | undefined
}

export function EntriesField({ kind, known = [] }: EntriesProps) {
  const t = useText()
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
        <Form.Item name={['entries', 'user']} label={t.blackLists.users} extra={t.blackLists.usersHint} rules={[{ required: true }]}>
          <LinesInput />
        </Form.Item>
      )
  }
}

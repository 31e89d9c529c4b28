// The addresses of a list: many are pasted at once, and taken out by selection.
import { PlusOutlined } from '@ant-design/icons'
import { Alert, Flex, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { FormDialog } from '../../ui/form/form-dialog'
import { Entries } from '../../ui/list/entries'
import type { ListSearch } from '../../ui/list/search'
import { commented, entriesFrom, entriesOf, withMore, without } from './entries'
import { AddressFields, CommentField, cutsOff } from './fields'
import { type AccessList, accessListsKey, type Entry, updateAccessList } from './queries'

interface Props {
  readonly list: AccessList
}

export function AccessListEntries({ list, search }: Props & { readonly search: ListSearch }) {
  const t = useText()
  return (
    <Entries<Entry>
      rows={entriesOf(list)}
      search={search}
      rowKey={({ address }) => address}
      name={({ address }) => address}
      text={({ address, comment }) => `${address} ${comment ?? ''}`}
      columns={[
        { key: 'address', title: t.accessLists.address, render: (_, { address }) => <Typography.Text code>{address}</Typography.Text> },
        { key: 'comment', title: t.accessLists.comment, render: (_, entry) => <Flex gap={8} align="center">{entry.comment}<EditComment list={list} entry={entry} /></Flex> },
      ]}
      actions={<AddEntries list={list} />}
      remove={(these) => updateAccessList(list, { entries: without(list, these) })}
      effect={t.accessLists.removeEffects[list.enforced ?? 'nothing']}
      touches={[accessListsKey]}
      empty={t.accessLists.noEntries}
    />
  )
}

interface Draft {
  readonly entries: readonly string[]
  readonly comment?: string
}

function AddEntries({ list }: Props) {
  const t = useText()
  const { enforced } = list
  // More addresses that alone may call let more callers in, unless they are the first.
  const isDecisive = enforced === 'deny' || entriesOf(list).length === 0
  return (
    <FormDialog<Draft, unknown>
      label={t.entries.add}
      type="primary"
      icon={<PlusOutlined />}
      title={`${t.entries.add}: ${list.name}`}
      initial={{}}
      save={({ entries, comment }) => updateAccessList(list, { entries: withMore(list, entriesFrom(entries, comment)) })}
      touches={[accessListsKey]}
      done={t.common.saved}
      submit={t.common.add}
      destroys={enforced != null && isDecisive ? cutsOff(t, enforced) : undefined}
    >
      <Alert type="info" showIcon title={t.accessLists.atMost} style={{ marginBottom: 16 }} />
      <AddressFields version={list.ip_version} required="required" />
    </FormDialog>
  )
}

function EditComment({ list, entry }: Props & { readonly entry: Entry }) {
  const t = useText()
  return (
    <FormDialog<{ comment?: string }, unknown>
      size="small"
      type="link"
      label={t.accessLists.editComment}
      title={`${t.accessLists.comment}: ${entry.address}`}
      initial={{ comment: entry.comment ?? '' }}
      save={({ comment = '' }) => updateAccessList(list, { entries: commented(list, entry, comment) })}
      touches={[accessListsKey]}
      done={t.common.saved}
      submit={t.common.save}
    >
      <CommentField />
    </FormDialog>
  )
}

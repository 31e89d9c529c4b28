// Who is on a black list: added many at once, taken out by selection.
import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { FormDialog } from '../../ui/form/form-dialog'
import { Entries } from '../../ui/list/entries'
import type { ListSearch } from '../../ui/list/search'
import { entriesOf, kindOf, withMore, without } from './entries'
import { type BlackListForm, EntriesField, fieldOf } from './fields'
import { blackListsKey, type NamedBlackList, updateBlackList } from './queries'

interface Props {
  readonly list: NamedBlackList
  readonly search: ListSearch
}

interface Row {
  readonly entry: string
  readonly called: string
}

export function BlackListEntries({ list, search }: Props) {
  const t = useText()
  const kind = kindOf(list.entries)
  const rows = entriesOf(list.entries).map((entry): Row => ({ entry, called: list.named.get(entry) ?? entry }))
  return (
    <Entries<Row>
      rows={rows}
      search={search}
      rowKey={({ entry }) => entry}
      name={({ called }) => called}
      text={({ entry, called }) => `${called} ${entry}`}
      columns={[{ key: 'entry', title: t.blackLists.kinds[kind], render: (_, { entry, called }) => (kind === 'app' ? <Link {...paths.app(entry)}>{called}</Link> : called) }]}
      actions={<AddEntries list={list} />}
      remove={(these) => updateBlackList(list, { entries: without(list.entries, these.map(({ entry }) => entry)) })}
      whyNot={(these) => (these.length === rows.length ? t.blackLists.lastOne : undefined)}
      effect={t.blackLists.removeEffect}
      touches={[blackListsKey]}
      empty={t.blackLists.noEntries}
    />
  )
}

function AddEntries({ list }: Pick<Props, 'list'>) {
  const t = useText()
  const kind = kindOf(list.entries)
  return (
    <FormDialog<Pick<BlackListForm, 'entries'>, unknown>
      label={t.entries.add}
      type="primary"
      icon={<PlusOutlined />}
      title={`${t.entries.add}: ${list.name}`}
      initial={{}}
      save={({ entries }) => updateBlackList(list, { entries: withMore(list.entries, entries[kind] ?? []) })}
      touches={[blackListsKey]}
      done={t.common.saved}
      submit={t.common.add}
      fieldOf={(pointer) => fieldOf(t, kind, pointer)}
      destroys={t.blackLists.keepsOut[kind]}
    >
      <Alert type="info" showIcon title={t.blackLists.atMost} style={{ marginBottom: 16 }} />
      <EntriesField kind={kind} />
    </FormDialog>
  )
}

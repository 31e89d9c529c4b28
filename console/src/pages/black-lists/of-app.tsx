// The black lists that name an app, on the app's own page, where it is blocked as well.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Form, Select } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { DeleteButton } from '../../ui/delete-button'
import { NameField } from '../../ui/form/common-fields'
import { FormDialog } from '../../ui/form/form-dialog'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import type { App } from '../apps/queries'
import { entriesOf, listed, withMore, without } from './entries'
import { type BlackList, blackListsKey, createBlackList, deleteBlackList, listsOfAppsQuery, updateBlackList } from './queries'

interface Props {
  readonly app: App
}

export function BlackListsOfApp({ app }: Props) {
  const t = useText()
  const time = useTime()
  const { data: page } = useSuspenseQuery(listsOfAppsQuery)
  const all = readable<BlackList>(page)
  const names = ({ entries }: BlackList) => entriesOf(entries).includes(app.id)
  const naming = all.filter(names)
  const actions = useActionsColumn<BlackList>((list) => <TakeOff app={app} list={list} />)
  return (
    <Section title={t.blackLists.title} actions={<Block app={app} others={all.filter((list) => !names(list))} />}>
      {naming.length === 0 && <span>{t.blackLists.none}</span>}
      {naming.length > 0 && (
        <SmallTable<BlackList>
          page={{ items: naming, next: null }}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', title: t.common.name, render: (_, { id, name }) => <Link {...paths.blackList(id)}>{name}</Link> },
            { key: 'description', title: t.common.description, dataIndex: 'description', ellipsis: true },
            { key: 'updated', title: t.common.updated, render: (_, { updated_at }) => time(updated_at) },
            actions,
          ]}
          empty={t.blackLists.none}
        />
      )}
    </Section>
  )
}

interface Draft {
  readonly list: string
  readonly name?: string
}

/** Stands for a list that is made with the app on it. */
const NEW = 'new'

function Block({ app, others }: Props & { readonly others: readonly BlackList[] }) {
  const t = useText()
  const block = ({ list: id, name = '' }: Draft) => {
    const list = others.find((other) => other.id === id)
    return list ? updateBlackList(list, { entries: withMore(list.entries, [app.id]) }) : createBlackList({ name, entries: listed('app', [app.id]) })
  }
  return (
    <FormDialog<Draft, unknown>
      label={t.blackLists.block}
      title={`${t.blackLists.block}: ${app.name}`}
      initial={{ list: others[0]?.id ?? NEW }}
      save={block}
      touches={[blackListsKey]}
      done={t.blackLists.blocked}
      submit={t.blackLists.block}
      destroys={t.blackLists.blockEffect}
    >
      <Form.Item name="list" label={t.blackLists.which} rules={[{ required: true }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={[...others.map(({ id, name }) => ({ value: id, label: name })), { value: NEW, label: t.blackLists.newOne }]} />
      </Form.Item>
      <Form.Item noStyle dependencies={['list']}>
        {({ getFieldValue }) => getFieldValue('list') === NEW && <NameField extra={t.blackLists.nameHint} />}
      </Form.Item>
    </FormDialog>
  )
}

function TakeOff({ app, list }: Props & { readonly list: BlackList }) {
  const t = useText()
  const isLast = entriesOf(list.entries).length === 1
  return (
    <DeleteButton
      size="small"
      label={t.blackLists.takeOff}
      name={list.name}
      title={t.blackLists.takeOffTitle(app.name, list.name)}
      done={t.blackLists.takenOff}
      effect={isLast ? t.blackLists.takeOffLast : t.blackLists.takeOffEffect}
      run={() => (isLast ? deleteBlackList(list) : updateBlackList(list, { entries: without(list.entries, [app.id]) }))}
      touches={[blackListsKey]}
    />
  )
}

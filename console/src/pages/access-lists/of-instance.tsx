// From where the gateway may be called, on the page of the instance.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act } from '../../ui/act'
import { SmallTable } from '../../ui/list/small-table'
import { Section } from '../../ui/section'
import { entriesOf } from './entries'
import { InForce } from './in-force'
import { type AccessList, enforcedQuery } from './queries'

export function AccessListsInForce() {
  const t = useText()
  const navigate = useNavigate()
  const { data: lists } = useSuspenseQuery(enforcedQuery)
  return (
    <Section title={t.accessLists.ofInstance} actions={<Act onClick={() => void navigate(paths.accessLists())}>{t.accessLists.everyList}</Act>}>
      <SmallTable<AccessList>
        page={{ items: lists, next: null }}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t.common.name, render: (_, { id, name }) => <Link {...paths.accessList(id)}>{name}</Link> },
          { key: 'version', title: t.accessLists.version, render: (_, { ip_version }) => t.accessLists.versions[ip_version] },
          { key: 'count', title: t.accessLists.count, align: 'right', render: (_, list) => entriesOf(list).length.toLocaleString('en') },
          { key: 'state', title: t.accessLists.state, render: (_, list) => <InForce list={list} /> },
        ]}
        empty={t.accessLists.everybody}
      />
    </Section>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { NameField } from '../../ui/form/common-fields'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { entriesOf } from './entries'
import { type Choice, EffectField, enforcedBy } from './fields'
import { accessListQuery, accessListsKey, enforcedQuery, updateAccessList } from './queries'

interface Draft {
  readonly name: string
  readonly enforced: Choice
}

const route = getRouteApi('/known/access-lists/$list/edit')

/** Its entries are changed on its own page, many at once. */
export function EditAccessList() {
  const t = useText()
  const navigate = useNavigate()
  const { data: list } = useSuspenseQuery(accessListQuery(route.useParams().list))
  const { data: inForce } = useSuspenseQuery(enforcedQuery)
  const { id, name, ip_version, enforced } = list
  const leave = () => void navigate(paths.accessList(id))
  return (
    <Page title={`${t.accessLists.edit}: ${name}`}>
      <EditForm<Draft, unknown>
        draft={`access-lists/${id}`}
        initial={{ name, enforced: enforced ?? 'nothing' }}
        save={({ name, enforced }) => updateAccessList(list, { name, enforced: enforcedBy(enforced) })}
        touches={[accessListsKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <NameField extra={t.accessLists.nameHint} />
        <EffectField version={ip_version} entries={entriesOf(list).length} inForce={inForce} list={list} />
      </EditForm>
    </Page>
  )
}

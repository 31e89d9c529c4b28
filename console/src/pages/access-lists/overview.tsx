import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { FormDialog } from '../../ui/form/form-dialog'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { accessListDocument, entriesOf } from './entries'
import { type Choice, EffectField, enforcedBy } from './fields'
import { InForce } from './in-force'
import { AccessListEntries } from './listed'
import { type AccessList, accessListQuery, accessListsKey, deleteAccessList, enforcedQuery, updateAccessList } from './queries'

const route = getRouteApi('/known/access-lists/$list')

export function AccessListOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: list } = useSuspenseQuery(accessListQuery(route.useParams().list))
  const { id, name, ip_version, enforced } = list
  const isEnforced = enforced != null
  const actions = (
    <>
      <CopyCurl path={`/api/v1/access-lists/${id}`} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(accessListDocument(list))} />
      <Enforce list={list} />
      <Act why={readOnly} onClick={() => void navigate(paths.editAccessList(id))}>{t.common.edit}</Act>
      <DeleteButton name={name} effect={t.accessLists.deleteEffect} why={isEnforced ? t.accessLists.inForce : undefined} run={() => deleteAccessList(list)} touches={[[...accessListsKey, 'list']]} then={() => void navigate(paths.accessLists())} />
    </>
  )
  return (
    <Page title={name} actions={actions}>
      {isEnforced && entriesOf(list).length === 0 && <Alert type="warning" showIcon title={t.accessLists.emptyDoesNothing} />}
      <Facts
        id={id}
        since={list}
        items={[
          { label: t.accessLists.version, children: t.accessLists.versions[ip_version] },
          { label: t.accessLists.state, children: <InForce list={list} /> },
        ]}
      />
      <AccessListEntries list={list} search={route.useSearch()} />
    </Page>
  )
}

function Enforce({ list }: { readonly list: AccessList }) {
  const t = useText()
  const { data: inForce } = useSuspenseQuery(enforcedQuery)
  const { name, ip_version, enforced } = list
  return (
    <FormDialog<{ enforced: Choice }, unknown>
      label={enforced == null ? t.accessLists.enforce : t.accessLists.change}
      title={`${t.accessLists.state}: ${name}`}
      initial={{ enforced: enforced ?? 'nothing' }}
      save={({ enforced }) => updateAccessList(list, { enforced: enforcedBy(enforced) })}
      touches={[accessListsKey]}
      done={t.common.saved}
      submit={t.accessLists.apply}
    >
      <EffectField version={ip_version} entries={entriesOf(list).length} inForce={inForce} list={list} />
    </FormDialog>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert, Descriptions, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { FormDialog } from '../../ui/form/form-dialog'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { yaml } from '../../ui/yaml'
import { accessListDocument, entriesOf } from './entries'
import { type Choice, EffectField, enforcedBy } from './fields'
import { InForce } from './in-force'
import { AccessListEntries } from './listed'
import { type AccessList, accessListQuery, accessListsKey, deleteAccessList, enforcedQuery, updateAccessList } from './queries'

const route = getRouteApi('/known/access-lists/$list')

export function AccessListOverview() {
  const t = useText()
  const time = useTime()
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
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { label: t.common.id, children: <Typography.Text copyable={{ tooltips: false }}>{id}</Typography.Text> },
          { label: t.accessLists.version, children: t.accessLists.versions[ip_version] },
          { label: t.accessLists.state, children: <InForce list={list} /> },
          { label: t.common.created, children: time(list.created_at) },
          { label: t.common.updated, children: time(list.updated_at) },
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
      <EffectField version={ip_version} inForce={inForce} list={list} />
    </FormDialog>
  )
}

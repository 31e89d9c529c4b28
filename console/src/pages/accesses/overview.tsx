import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Flex, Tag } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { managementLine } from '../../ui/management-line'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import type { Api } from '../apis/queries'
import { accessDocument, accessesKey, accessQuery, chosen, deleteAccess, usersOfAccessQuery } from './queries'

const route = getRouteApi('/known/backend-accesses/$access')

export function AccessOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: access } = useSuspenseQuery(accessQuery(route.useParams().access))
  const { data: users } = useSuspenseQuery(usersOfAccessQuery(access.id))
  const names = readable<Api>(users).map(({ id, definition }) => <Tag key={id}>{definition.name}</Tag>)
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PUT', `/api/v1/backend-accesses/${access.id}`, chosen(access))} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(accessDocument(access))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editAccess(access.id))}>{t.common.edit}</Act>
      <DeleteButton name={access.name} effect={t.accesses.deleteEffect} run={() => deleteAccess(access)} touches={[[...accessesKey, 'list']]} then={() => void navigate(paths.accesses())} />
    </>
  )
  return (
    <Page title={access.name} actions={actions}>
      <Facts
        id={access.id}
        since={access}
        items={[
          { label: t.accesses.network, children: access.network },
          { label: t.accesses.instance, children: access.instance },
          { label: t.accesses.port, children: access.port },
          { label: t.accesses.address, children: access.address ?? t.accesses.asInstance },
          { label: t.accesses.scheme, children: (access.scheme ?? 'http').toUpperCase() },
          { label: t.accesses.host, children: access.host ?? t.accesses.address },
          { label: t.common.description, children: access.description },
          { label: `${t.accesses.usedBy} (${users.total ?? names.length})`, children: names.length > 0 ? <Flex gap={4} wrap>{names}</Flex> : t.common.none },
        ]}
      />
    </Page>
  )
}

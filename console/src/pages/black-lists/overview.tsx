import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { managementLine } from '../../ui/management-line'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { blackListDocument, kindOf } from './entries'
import { BlackListEntries } from './listed'
import { blackListQuery, blackListsKey, deleteBlackList } from './queries'

const route = getRouteApi('/known/black-lists/$list')

export function BlackListOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: list } = useSuspenseQuery(blackListQuery(route.useParams().list))
  const { id, name, description, entries, named } = list
  const kind = kindOf(entries)
  const actions = (
    <>
      <CopyButton label={t.common.copyCurl} text={() => managementLine('PATCH', `/api/v1/black-lists/${id}`, { name, description, entries })} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(blackListDocument(list, named))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editBlackList(id))}>{t.common.edit}</Act>
      <DeleteButton name={name} effect={t.blackLists.deleteEffect} run={() => deleteBlackList(list)} touches={[[...blackListsKey, 'list']]} then={() => void navigate(paths.blackLists())} />
    </>
  )
  return (
    <Page title={name} actions={actions}>
      <Facts
        id={id}
        since={list}
        items={[
          { label: t.blackLists.kind, children: <>{t.blackLists.kinds[kind]} <Typography.Text type="secondary">{t.blackLists.kindHints[kind]}</Typography.Text></> },
          { label: t.common.description, children: description },
        ]}
      />
      <BlackListEntries list={list} search={route.useSearch()} />
    </Page>
  )
}

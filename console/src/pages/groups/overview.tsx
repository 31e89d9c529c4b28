import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Typography } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Facts } from '../../ui/facts'
import { Page } from '../../ui/page'
import { yaml } from '../../ui/yaml'
import { PoliciesOfGroup } from '../policies/of-group'
import { bindsGroups } from '../policies/queries'
import { groupDocument } from './document'
import { deleteGroup, groupQuery, groupsKey } from './queries'
import { GroupTabs } from './tabs'

const route = getRouteApi('/known/groups/$group')

export function GroupOverview() {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: group } = useSuspenseQuery(groupQuery(route.useParams().group))
  const actions = (
    <>
      <CopyCurl path={`/api/v1/groups/${group.id}`} />
      <CopyButton label={t.common.copyYaml} text={() => yaml(groupDocument(group))} />
      <Act why={readOnly} onClick={() => void navigate(paths.editGroup(group.id))}>{t.common.edit}</Act>
      <DeleteButton name={group.name} effect={t.groups.deleteEffect} run={() => deleteGroup(group)} touches={[[...groupsKey, 'list']]} then={() => void navigate(paths.groups())} />
    </>
  )
  return (
    <Page title={group.name} actions={actions}>
      <GroupTabs group={group.id} here="overview" />
      <Facts
        id={group.id}
        since={group}
        items={[
          { label: t.terms.dialect, children: t.terms[group.dialect].dialect },
          { label: t.groups.subdomain, children: <Typography.Text copyable={{ tooltips: false }}>{group.subdomain}</Typography.Text> },
          { label: t.groups.subdomainOn, children: group.subdomain_enabled === false ? t.common.no : t.common.yes },
          { label: t.groups.basePath, children: group.base_path ?? '/' },
          { label: t.groups.callsPerSecond, children: group.calls_per_second ?? t.common.none },
          { label: t.groups.appCode, children: t.groups.appCodes[group.app_code ?? 'disabled'] },
          { label: t.common.description, children: group.description },
        ]}
      />
      {bindsGroups(group.dialect) && <PoliciesOfGroup group={group} />}
    </Page>
  )
}

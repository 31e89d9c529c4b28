import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Form, Switch } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Confirmation } from '../../ui/form/confirmation'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { GroupFields } from './fields'
import { type Group, groupQuery, groupsKey, updateGroup } from './queries'

type Patch = Schemas['GroupPatch']
const route = getRouteApi('/known/groups/$group/edit')

export function EditGroup() {
  const t = useText()
  const navigate = useNavigate()
  const { group: id } = route.useParams()
  const { data: group } = useSuspenseQuery(groupQuery(id))
  const leave = () => void navigate(paths.group(id))
  const { name, description, base_path, calls_per_second, app_code, passthrough_headers, subdomain_enabled } = group
  return (
    <Page title={`${t.groups.edit}: ${name}`}>
      <EditForm<Patch, unknown>
        draft={`groups/${id}`}
        initial={{ name, description, base_path, calls_per_second, app_code, passthrough_headers, subdomain_enabled }}
        save={(patch) => updateGroup(group, patch)}
        touches={[groupsKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <GroupFields />
        <Form.Item name="subdomain_enabled" label={t.groups.subdomainOn} valuePropName="checked">
          <Switch />
        </Form.Item>
        <CutsOff group={group} />
      </EditForm>
    </Page>
  )
}

/** Callers who know the group by its subdomain, or by its paths, lose it when these go. */
function CutsOff({ group }: { readonly group: Group }) {
  const t = useText()
  const form = Form.useFormInstance<Patch>()
  const { base_path = '/', subdomain_enabled = true } = group
  const leaves = (Form.useWatch('subdomain_enabled', form) ?? subdomain_enabled) !== subdomain_enabled && subdomain_enabled
  const moves = (Form.useWatch('base_path', form) ?? base_path) !== base_path
  const effects = [leaves && t.groups.subdomainEffect, moves && t.groups.basePathEffect].filter((effect) => effect !== false)
  return effects.length > 0 && <Confirmation effect={effects.join(' ')} />
}

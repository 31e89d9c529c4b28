import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { useCaller } from '../../session/session'
import { CopyCurl } from '../../ui/copy-curl'
import { DeleteButton } from '../../ui/delete-button'
import { Enabled } from '../../ui/enabled'
import { Facts } from '../../ui/facts'
import { FormDialog } from '../../ui/form/form-dialog'
import { Page } from '../../ui/page'
import { AccessKeys } from './access-keys'
import { Enable } from './enable'
import { PasswordField, RoleField } from './fields'
import { deleteUser, setPassword, updateUser, userQuery, usersKey } from './queries'

const route = getRouteApi('/known/users/$user')

export function UserOverview() {
  const t = useText()
  const navigate = useNavigate()
  const caller = useCaller()
  const { data: user } = useSuspenseQuery(userQuery(route.useParams().user))
  const why = user.id === caller.user ? t.users.yourself : undefined
  const actions = (
    <>
      <CopyCurl path={`/api/v1/users/${user.id}`} />
      <Enable name={user.name} effect={t.users.disableEffect} enabled={user.enabled} set={(enabled) => updateUser(user, { enabled })} why={why} />
      <FormDialog<Schemas['UserPatch'], unknown> label={t.users.changeRole} title={t.users.changeRole} why={why} initial={{ role: user.role }} save={(patch) => updateUser(user, patch)} touches={[usersKey]} done={t.common.saved} submit={t.common.save}>
        <RoleField />
      </FormDialog>
      <FormDialog<Schemas['PasswordDraft'], unknown> label={t.users.setPassword} title={t.users.setPassword} initial={{}} save={(draft) => setPassword(user.id, draft)} touches={[usersKey]} done={t.common.saved} submit={t.common.save}>
        <PasswordField required />
      </FormDialog>
      <DeleteButton name={user.name} effect={t.users.deleteEffect} why={why} run={() => deleteUser(user)} touches={[[...usersKey, 'list']]} then={() => void navigate(paths.users())} />
    </>
  )
  return (
    <Page title={user.name} actions={actions}>
      <Facts
        id={user.id}
        since={user}
        items={[
          { label: t.users.role, children: t.users.roles[user.role] },
          { label: t.common.status, children: <Enabled enabled={user.enabled} /> },
          { label: t.users.hasPassword, children: user.has_password ? t.common.yes : t.common.no },
        ]}
      />
      <AccessKeys user={user.id} />
    </Page>
  )
}

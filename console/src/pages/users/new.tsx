import { useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { NameField } from '../../ui/form/common-fields'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { PasswordField, RoleField } from './fields'
import { createUser, type User, usersKey } from './queries'

export function NewUser() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Page title={t.users.create}>
      <EditForm<Schemas['UserDraft'], User>
        initial={{ role: 'read_only' }}
        save={createUser}
        touches={[usersKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.user(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.users())}
      >
        <NameField />
        <RoleField />
        <PasswordField />
      </EditForm>
    </Page>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { AccessFields } from './fields'
import { type Access, type AccessDraft, accessesKey, createAccess } from './queries'

export function NewAccess() {
  const t = useText()
  const navigate = useNavigate()
  return (
    <Page title={t.accesses.create}>
      <EditForm<AccessDraft, Access>
        draft="accesses/new"
        initial={{ port: 80, scheme: 'http' }}
        save={(draft) => createAccess(filled(draft))}
        touches={[accessesKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.access(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.accesses())}
      >
        <AccessFields />
      </EditForm>
    </Page>
  )
}

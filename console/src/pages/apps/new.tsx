import { useNavigate } from '@tanstack/react-router'
import { Form, Switch } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { SecretDialog } from '../../ui/secret/secret-dialog'
import { AppFields, KeyField, SecretField } from './fields'
import { appsKey, createApp } from './queries'

type Draft = Schemas['AppDraft']
type Made = Schemas['MadeApp']

export function NewApp() {
  const t = useText()
  const navigate = useNavigate()
  const [ownKey, setOwnKey] = useState(false)
  const [made, setMade] = useState<Made>()
  return (
    <Page title={t.apps.create}>
      <EditForm<Draft, Made>
        initial={{}}
        save={createApp}
        touches={[appsKey]}
        done={t.common.saved}
        then={setMade}
        submit={t.common.create}
        cancel={() => void navigate(paths.apps())}
      >
        <AppFields />
        <Form.Item label={t.apps.ownKey} htmlFor="own-key">
          <Switch id="own-key" checked={ownKey} onChange={setOwnKey} />
        </Form.Item>
        {ownKey && <><KeyField /><SecretField /></>}
      </EditForm>
      <SecretDialog
        title={t.apps.keyMade}
        note={t.apps.made}
        lines={made && [{ label: t.apps.key, value: made.key.key }, { label: t.apps.secret, value: made.key.secret }]}
        close={() => made && void navigate(paths.app(made.id))}
      />
    </Page>
  )
}

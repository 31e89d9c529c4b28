// The keys of an app. A secret is shown when it was just made, or when somebody asks, which the audit trail remembers.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Flex, Typography } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { DeleteButton } from '../../ui/delete-button'
import { FormDialog } from '../../ui/form/form-dialog'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { SecretDialog } from '../../ui/secret/secret-dialog'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { KeyField, SecretField } from './fields'
import { type AppKey, addKey, appsKey, deleteKey, type KeyWithSecret, keysQuery, resetSecret, revealSecret } from './queries'

interface Shown {
  readonly key: string
  readonly secret: string
  readonly note: string
}

export function AppKeys({ app }: { readonly app: string }) {
  const t = useText()
  const time = useTime()
  const { data: page } = useSuspenseQuery(keysQuery(app))
  const [shown, setShown] = useState<Shown>()
  const made = ({ key, secret }: KeyWithSecret) => setShown({ key, secret, note: t.apps.made })
  const isLast = readable(page).length === 1
  const actions = useActionsColumn<AppKey>((key) => (
    <Flex gap={8}>
      <Reveal of={key} show={(secret) => setShown({ key: key.key, secret, note: t.apps.revealed })} />
      <Reset of={key} made={made} />
      <DeleteButton size="small" name={key.key} effect={t.apps.deleteKeyEffect} why={isLast ? t.apps.lastKey : undefined} run={() => deleteKey(key)} touches={[[...appsKey, app]]} />
    </Flex>
  ))
  const add = (
    <FormDialog<Schemas['AppKeyDraft'], KeyWithSecret> label={t.apps.addKey} title={t.apps.addKey} initial={{}} save={(draft) => addKey(app, draft)} touches={[[...appsKey, app]]} then={made} submit={t.common.add}>
      <KeyField />
      <SecretField />
    </FormDialog>
  )
  return (
    <Section title={t.apps.keys} actions={add}>
      <SmallTable<AppKey>
        page={page}
        rowKey={({ id }) => id}
        columns={[
          { key: 'key', title: t.apps.key, render: (_, { key }) => <Typography.Text code copyable={{ tooltips: false }}>{key}</Typography.Text> },
          { key: 'created', title: t.common.created, render: (_, row) => time(row.created_at) },
          { key: 'updated', title: t.common.updated, render: (_, row) => time(row.updated_at) },
          actions,
        ]}
        empty={t.apps.noKeys}
      />
      <SecretDialog
        title={t.apps.keyMade}
        note={shown?.note ?? ''}
        lines={shown && [{ label: t.apps.key, value: shown.key }, { label: t.apps.secret, value: shown.secret }]}
        close={() => setShown(undefined)}
      />
    </Section>
  )
}

interface RevealProps {
  readonly of: AppKey
  readonly show: (secret: string) => void
}

function Reveal({ of: key, show }: RevealProps) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const change = useChange({ run: () => revealSecret(key), touches: [], then: ({ secret }) => show(secret) })
  return <Act size="small" why={readOnly} loading={change.isPending} onClick={() => change.mutate(undefined)}>{t.apps.reveal}</Act>
}

interface ResetProps {
  readonly of: AppKey
  readonly made: (key: KeyWithSecret) => void
}

function Reset({ of: key, made }: ResetProps) {
  const t = useText()
  return (
    <FormDialog<Schemas['SecretDraft'], KeyWithSecret> size="small" label={t.apps.reset} title={t.apps.resetTitle(key.key)} destroys={t.apps.resetEffect} initial={{}} save={(draft) => resetSecret(key, draft)} touches={[[...appsKey, key.app]]} then={made} submit={t.apps.reset}>
      <SecretField />
    </FormDialog>
  )
}

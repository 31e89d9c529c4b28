// The codes of an app, which stand in a call as they are.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
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
import { type AppCode, addCode, appsKey, codesQuery, deleteCode, revealCode } from './queries'

interface Shown {
  readonly code: string
  readonly note: string
}

export function AppCodes({ app }: { readonly app: string }) {
  const t = useText()
  const time = useTime()
  const { data: page } = useSuspenseQuery(codesQuery(app))
  const [shown, setShown] = useState<Shown>()
  const touches = [[...appsKey, app]]
  const actions = useActionsColumn<AppCode>((code) => (
    <Flex gap={8}>
      <Reveal of={code} show={(text) => setShown({ code: text, note: t.apps.revealed })} />
      <DeleteButton size="small" name={code.masked} effect={t.apps.deleteCodeEffect} run={() => deleteCode(code)} touches={touches} />
    </Flex>
  ))
  const add = (
    <FormDialog<Schemas['AppCodeDraft'], Schemas['MadeAppCode']>
      label={t.apps.addCode}
      title={t.apps.addCode}
      initial={{}}
      save={(draft) => addCode(app, draft)}
      touches={touches}
      then={({ code }) => setShown({ code, note: t.apps.made })}
      submit={t.common.add}
    >
      <Form.Item name="code" label={t.apps.code} extra={t.apps.codeHint}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  )
  return (
    <Section title={t.apps.codes} actions={add}>
      <SmallTable<AppCode>
        page={page}
        rowKey={({ id }) => id}
        columns={[
          { key: 'code', title: t.apps.code, render: (_, { masked }) => <Typography.Text code>{masked}</Typography.Text> },
          { key: 'created', title: t.common.created, render: (_, row) => time(row.created_at) },
          actions,
        ]}
        empty={t.apps.noCodes}
      />
      <SecretDialog title={t.apps.codeMade} note={shown?.note ?? ''} lines={shown && [{ label: t.apps.code, value: shown.code }]} close={() => setShown(undefined)} />
    </Section>
  )
}

interface RevealProps {
  readonly of: AppCode
  readonly show: (code: string) => void
}

function Reveal({ of: code, show }: RevealProps) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const change = useChange({ run: () => revealCode(code), touches: [], then: (revealed) => show(revealed.code) })
  return <Act size="small" why={readOnly} loading={change.isPending} onClick={() => change.mutate(undefined)}>{t.apps.revealCode}</Act>
}

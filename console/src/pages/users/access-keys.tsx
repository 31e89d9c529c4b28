// The access keys of a user. The gateway shows a secret when it makes it, and never again.
import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Flex, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { DeleteButton } from '../../ui/delete-button'
import { Enabled } from '../../ui/enabled'
import { useActionsColumn } from '../../ui/list/columns'
import { SmallTable } from '../../ui/list/small-table'
import { SecretDialog } from '../../ui/secret/secret-dialog'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import { Enable } from './enable'
import { type AccessKey, accessKeysQuery, createAccessKey, deleteAccessKey, type MadeAccessKey, updateAccessKey, usersKey } from './queries'

export function AccessKeys({ user }: { readonly user: string }) {
  const t = useText()
  const time = useTime()
  const readOnly = useReadOnlyReason()
  const { data: page } = useSuspenseQuery(accessKeysQuery(user))
  const [made, setMade] = useState<MadeAccessKey>()
  const touches = [[...usersKey, user]]
  const create = useChange({ run: () => createAccessKey(user), touches, then: setMade })
  const actions = useActionsColumn<AccessKey>((key) => (
    <Flex gap={8}>
      <Enable size="small" name={key.key} effect={t.users.disableKeyEffect} enabled={key.enabled} set={(enabled) => updateAccessKey(key, { enabled })} />
      <DeleteButton size="small" name={key.key} effect={t.users.deleteKeyEffect} run={() => deleteAccessKey(key)} touches={touches} />
    </Flex>
  ))
  return (
    <Section title={t.users.keys} actions={<Act icon={<PlusOutlined />} why={readOnly} loading={create.isPending} onClick={() => create.mutate(undefined)}>{t.users.addKey}</Act>}>
      <SmallTable<AccessKey>
        page={page}
        rowKey={({ id }) => id}
        columns={[
          { key: 'key', title: t.users.key, render: (_, { key }) => <Typography.Text code copyable={{ tooltips: false }}>{key}</Typography.Text> },
          { key: 'enabled', title: t.common.status, render: (_, { enabled }) => <Enabled enabled={enabled} /> },
          { key: 'created', title: t.common.created, render: (_, row) => time(row.created_at) },
          actions,
        ]}
        empty={t.users.noKeys}
      />
      <SecretDialog
        title={t.users.keyMade}
        note={t.secrets.once}
        lines={made && [{ label: t.users.key, value: made.key }, { label: t.users.secret, value: made.secret }]}
        close={() => setMade(undefined)}
      />
    </Section>
  )
}

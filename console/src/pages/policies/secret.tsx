// The secret of a signature key: given with a new one, seen again where somebody asks, replaced by another.
import { Button, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { FormDialog } from '../../ui/form/form-dialog'
import { SecretDialog } from '../../ui/secret/secret-dialog'
import type { Dialect } from '../groups/queries'
import { policiesKey, type Policy, revealPolicy, updatePolicy } from './queries'

export function SecretField({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  return (
    <Form.Item name="secret" label={t.policies.secret} extra={t.policies.secretHints[dialect]} rules={[{ required: true }]}>
      <SecretInput />
    </Form.Item>
  )
}

interface InputProps {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (secret: string) => void
}

function SecretInput({ id, value, onChange }: InputProps) {
  const t = useText()
  return (
    <Flex gap={8}>
      <Input.Password {...(id !== undefined && { id })} autoComplete="new-password" value={value} onChange={({ target }) => onChange?.(target.value)} />
      <Button onClick={() => onChange?.(drawn())}>{t.policies.draw}</Button>
    </Flex>
  )
}

/** A letter and 96 random bits: as every type of key takes it. */
function drawn(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return `s${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export function Secret({ policy }: { readonly policy: Policy }) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [shown, setShown] = useState<string>()
  const reveal = useChange({ run: () => revealPolicy(policy), touches: [], then: ({ secret }) => setShown(secret) })
  return (
    <Flex gap={8} align="center" wrap>
      <span aria-hidden>••••••••</span>
      <Act size="small" why={readOnly} loading={reveal.isPending} onClick={() => reveal.mutate(undefined)}>{t.policies.reveal}</Act>
      <FormDialog<{ secret: string }, Policy>
        size="small"
        label={t.policies.replaceSecret}
        title={`${t.policies.replaceSecret}: ${policy.name}`}
        initial={{}}
        // The generator demands every member of a change; one that is absent stays as it is.
        save={({ secret }) => updatePolicy(policy, { secret } as Schemas['PolicyPatch'])}
        touches={[policiesKey]}
        done={t.common.saved}
        submit={t.common.save}
        destroys={t.policies.replaceSecretEffect}
      >
        <SecretField dialect={policy.dialect} />
      </FormDialog>
      <SecretDialog title={policy.name} note={t.apps.revealed} lines={shown === undefined ? undefined : [{ label: t.policies.secret, value: shown }]} close={() => setShown(undefined)} />
    </Flex>
  )
}

// The fields for addresses, and for what the gateway does with them.
import { Alert, Flex, Form, Input, Radio } from 'antd'
import { useText } from '../../i18n/text'
import type { Messages } from '../../i18n/types'
import { Confirmation } from '../../ui/form/confirmation'
import { LinesInput } from '../../ui/form/lines-input'
import type { AccessList, IpVersion } from './queries'

/** As long as the interface takes it. */
const COMMENT_AT_MOST = 256

const PLACEHOLDERS: Readonly<Record<IpVersion, string>> = {
  ipv4: '192.0.2.0/24\n198.51.100.5-198.51.100.10\n203.0.113.7',
  ipv6: '2001:db8::/32\n2001:db8::5-2001:db8::a\n2001:db8::1',
}

interface AddressProps {
  readonly version: IpVersion
  readonly required: 'required' | 'optional'
}

/** Its name is the interface's, so that complaints about entries stand at it. */
export function AddressFields({ version, required }: AddressProps) {
  const t = useText()
  return (
    <>
      <Form.Item name="entries" label={t.accessLists.addresses} extra={t.policies.addressesHint} rules={[{ required: required === 'required' }]}>
        <LinesInput placeholder={PLACEHOLDERS[version]} />
      </Form.Item>
      <Form.Item name="comment" label={t.accessLists.comment} extra={t.accessLists.commentHint}>
        <Input autoComplete="off" maxLength={COMMENT_AT_MOST} />
      </Form.Item>
    </>
  )
}

export function CommentField() {
  const t = useText()
  return (
    <Form.Item name="comment" label={t.accessLists.comment}>
      <Input autoFocus autoComplete="off" maxLength={COMMENT_AT_MOST} />
    </Form.Item>
  )
}

export const effects = ['nothing', 'allow', 'deny'] as const
export type Choice = (typeof effects)[number]

/** As the interface has it: null is nothing. */
export function enforcedBy(choice: Choice): 'allow' | 'deny' | null {
  return choice === 'nothing' ? null : choice
}

interface EffectProps {
  readonly version: IpVersion
  /** How many addresses it would be in force for. */
  readonly entries: number
  /** The list of each version that is in force now. */
  readonly inForce: readonly AccessList[]
  /** The one that is changed, which does not give way to itself. */
  readonly list?: AccessList
}

export function EffectField({ version, entries, inForce, list }: EffectProps) {
  const t = useText()
  const choice: Choice = Form.useWatch('enforced', Form.useFormInstance()) ?? list?.enforced ?? 'nothing'
  const other = inForce.find(({ id, ip_version }) => ip_version === version && id !== list?.id)
  return (
    <>
      <Form.Item name="enforced" label={t.accessLists.state}>
        <Radio.Group options={effects.map((value) => ({ value, label: t.accessLists.effects[value] }))} style={{ display: 'grid' }} />
      </Form.Item>
      {choice !== 'nothing' && (
        <Flex vertical gap={8} style={{ marginBottom: 16 }}>
          {other && <Alert type="info" showIcon title={t.accessLists.givesWay(other.name)} />}
          {entries === 0 ? (
            <Alert type="info" showIcon title={t.accessLists.emptyDoesNothing} />
          ) : choice === list?.enforced ? (
            <Alert type="warning" showIcon title={cutsOff(t, choice)} />
          ) : (
            <Confirmation effect={cutsOff(t, choice)} />
          )}
        </Flex>
      )}
    </>
  )
}

/** Who is refused once a list with entries is in force. */
export function cutsOff(t: Messages, enforced: 'allow' | 'deny'): string {
  return enforced === 'allow' ? t.accessLists.allowEffect : t.accessLists.denyEffect
}

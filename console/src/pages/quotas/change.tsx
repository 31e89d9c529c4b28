// Another number, within its range; or the profile's again.
import { Alert, Flex, Form, InputNumber, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../../ui/act'
import { useChange } from '../../ui/change'
import { FormDialog } from '../../ui/form/form-dialog'
import { type Quota, quotasKey, resetQuota, setQuota } from './queries'
import { useQuotaWords } from './words'

interface Props {
  readonly quota: Quota
}

interface Draft {
  readonly value?: number | null
}

export function Change({ quota }: Props) {
  const t = useText()
  const words = useQuotaWords()
  const { least, most, may_be_off, defaults } = quota
  const range = t.quotas.range(least.toLocaleString(), most.toLocaleString(), words.unit(quota))
  return (
    <FormDialog<Draft, Quota>
      size="small"
      label={t.quotas.change}
      title={t.quotas.changeTitle(words.what(quota))}
      initial={{ value: quota.value ?? null }}
      save={({ value = null }) => setQuota(quota, { value })}
      touches={[quotasKey]}
      done={t.common.saved}
      submit={t.common.save}
    >
      <Form.Item name="value" label={t.quotas.value} extra={`${range}. ${may_be_off ? t.quotas.mayBeOff : ''}`} rules={[{ required: !may_be_off, message: t.quotas.needed }]}>
        <InputNumber precision={0} style={{ width: 240 }} />
      </Form.Item>
      <Flex vertical gap={12} style={{ marginBottom: 16 }}>
        <Typography.Text type="secondary">{t.quotas.defaults(words.number(quota, defaults.own), words.number(quota, defaults.cloud))}</Typography.Text>
        {typeof quota.use === 'number' && <Alert type="info" title={t.quotas.belowUse} />}
      </Flex>
    </FormDialog>
  )
}

export function Back({ quota }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const change = useChange({ run: () => resetQuota(quota), touches: [quotasKey], done: t.quotas.backDone })
  const why = quota.source.kind === 'profile' ? t.quotas.notChanged : readOnly
  return <Act size="small" why={why} loading={change.isPending} onClick={() => change.mutate(undefined)}>{t.quotas.back}</Act>
}

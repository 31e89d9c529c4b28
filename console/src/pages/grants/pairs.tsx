// Which apps may call which APIs, and in which stage. APIs and stages are those of the chosen group and its dialect.
import { useQuery } from '@tanstack/react-query'
import { Form, type FormInstance, Select, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { FailureView } from '../../ui/failure-view'
import { type Choice, PickMany } from '../../ui/pick/pick'
import { groupQuery } from '../groups/queries'
import { findApis, findApps, stagesQuery } from './find'
import { AT_ONCE, type GrantDraft, PER_TASK } from './queries'

/** Keeps the place of a hint, so that nothing moves when it goes. */
const NOTHING = '\u00a0'

interface Props {
  readonly form: FormInstance<GrantDraft>
  readonly apps: readonly Choice[]
  readonly apis: readonly Choice[]
}

export function AppsAndApis({ form, apps, apis }: Props) {
  const t = useText()
  const group: string | undefined = Form.useWatch('group', form)
  const why = group === undefined ? t.grants.groupFirst : undefined
  const few = () => {
    const { apps = [], apis = [] } = form.getFieldsValue()
    return apps.length * apis.length > PER_TASK ? Promise.reject(new Error(t.grants.tooMany(PER_TASK))) : Promise.resolve()
  }
  return (
    <>
      <Form.Item name="apis" label={t.grants.apis} extra={why ?? NOTHING} rules={[{ required: true }]}>
        <PickMany find={(search) => findApis(search, group)} known={apis} why={why} />
      </Form.Item>
      <StageField group={group} />
      <Form.Item name="apps" label={t.grants.apps} dependencies={['apis']} extra={<Count form={form} />} rules={[{ required: true }, { validator: few }]}>
        <PickMany find={findApps} known={apps} />
      </Form.Item>
    </>
  )
}

function StageField({ group: id }: { readonly group: string | undefined }) {
  const t = useText()
  const group = useQuery({ ...groupQuery(id ?? ''), enabled: id !== undefined })
  const dialect = group.data?.dialect
  const stages = useQuery({ ...stagesQuery(dialect), enabled: dialect !== undefined })
  const error = group.error ?? stages.error
  const why = id === undefined ? t.grants.groupFirst : undefined
  return (
    <>
      <Form.Item name="stage" label={dialect ? t.terms[dialect].stage : t.grants.stage} extra={why ?? NOTHING} rules={[{ required: true }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} disabled={why !== undefined} options={(stages.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      {error && <FailureView error={error} retry={() => void Promise.all([group.refetch(), stages.refetch()])} />}
    </>
  )
}

/** How many it will be, and how that is done. Its line is always there. */
function Count({ form }: { readonly form: FormInstance<GrantDraft> }) {
  const t = useText()
  const apps: string[] = Form.useWatch('apps', form) ?? []
  const apis: string[] = Form.useWatch('apis', form) ?? []
  const count = apps.length * apis.length
  return (
    <Typography.Text type="secondary" aria-live="polite">
      {t.grants.pairs(apps.length, apis.length)} {count > AT_ONCE ? t.grants.task : t.grants.direct}
    </Typography.Text>
  )
}

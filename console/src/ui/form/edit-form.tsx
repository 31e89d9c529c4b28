// Every form: it keeps what was typed until it is saved, and shows the gateway's complaints at the fields they are about.
import { Alert, Button, Flex, Form, type FormInstance } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Failure, type Violation } from '../../api/failure'
import { useText } from '../../i18n/text'
import { Act, useReadOnlyReason } from '../act'
import { useChange } from '../change'
import { FailureView } from '../failure-view'
import { unconfirmed } from './confirmation'
import { useDraft } from './draft'
import { type Name, path, place } from './pointer'

interface Props<Values, Made> {
  /** Where what was typed is kept, `groups/new` say; absent: nowhere, because of secrets. */
  readonly draft?: string
  readonly initial: Partial<Values>
  readonly save: (values: Values) => Promise<Made>
  readonly touches: readonly (readonly unknown[])[]
  readonly then?: (made: Made) => void
  readonly done?: string | undefined
  readonly submit: string
  readonly cancel?: () => void
  readonly children: ReactNode
  readonly form?: FormInstance<Values>
  /** Where the form has what the gateway complains of, if that is another pointer. */
  readonly fieldOf?: (pointer: string) => string
  /** The fields that have complaints, after each attempt to save. */
  readonly complained?: (names: readonly Name[]) => void
  /** What stands in place of the buttons, around the one that saves. */
  readonly footer?: (submit: ReactNode) => ReactNode
  readonly maxWidth?: number
}

export function EditForm<Values extends object, Made>(props: Props<Values, Made>) {
  const { initial, save, touches, then, done, submit, cancel, children, complained, fieldOf, footer, maxWidth = 760 } = props
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [form] = Form.useForm<Values>(props.form)
  const draft = useDraft<Values>(props.draft)
  const [error, setError] = useState<Error>()
  const change = useChange({
    run: save,
    touches,
    done,
    then: (made) => {
      draft.discard()
      then?.(made)
    },
    failed: (failure) => {
      setError(show(form, failure, fieldOf))
      complained?.(wrong(form))
    },
  })
  const [discarded, setDiscarded] = useState(0)
  // Only after a render without the draft does the form know what it began with.
  useEffect(() => {
    if (discarded > 0) form.resetFields()
  }, [discarded, form])
  const discard = () => {
    draft.discard()
    setDiscarded(discarded + 1)
  }
  const button = (
    <Act type="primary" htmlType="submit" loading={change.isPending} why={readOnly}>
      {submit}
    </Act>
  )
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{ ...initial, ...draft.kept }}
      // What has no field is a part of it as well.
      onValuesChange={() => draft.keep(unconfirmed(form.getFieldsValue(true) as Values))}
      onFinish={(values) => {
        setError(undefined)
        change.mutate(unconfirmed(values))
      }}
      onFinishFailed={() => complained?.(wrong(form))}
      style={{ maxWidth }}
      scrollToFirstError
    >
      {draft.kept && (
        <Alert type="info" title={t.common.draftKept} action={<Button size="small" onClick={discard}>{t.common.draftDiscard}</Button>} style={{ marginBottom: 16 }} />
      )}
      {children}
      {error && <div style={{ marginBottom: 16 }}><FailureView error={error} /></div>}
      <Flex gap={8}>
        {footer ? footer(button) : button}
        {cancel && <Button onClick={cancel}>{t.common.cancel}</Button>}
      </Flex>
    </Form>
  )
}

function wrong<Values>(form: FormInstance<Values>): Name[] {
  return form.getFieldsError().flatMap(({ name, errors }) => (errors.length > 0 ? [name as Name] : []))
}

/** Puts complaints at their fields; gives back what has no field, to be shown below the form. */
function show<Values>(form: FormInstance<Values>, failure: Error, fieldOf = (pointer: string) => pointer): Error | undefined {
  if (!(failure instanceof Failure) || failure.violations.length === 0) return failure
  const names = form.getFieldsError().map(({ name }) => name)
  const placed = failure.violations.map((violation) => ({ violation, name: place(fieldOf(violation.pointer), names) }))
  const byField = Map.groupBy(placed.filter(({ name }) => name !== undefined), ({ name }) => JSON.stringify(name))
  const fields = [...byField.values()].map((all) => ({ name: all[0]?.name, errors: all.map(({ violation, name = [] }) => inside(fieldOf(violation.pointer), name) + violation.message) }))
  form.setFields(fields as Parameters<typeof form.setFields>[0])
  const first = fields[0]?.name
  if (first) form.scrollToField(first as never, { block: 'center', focus: true })
  const homeless = placed.filter(({ name }) => name === undefined).map(({ violation }) => violation)
  return homeless.length === 0 ? undefined : failure.withDetail(sentence(homeless))
}

/** Which part of what a field holds is meant, where parts have names: a text that says many things, above all. */
function inside(pointer: string, field: Name): string {
  const rest = path(pointer).slice(field.length)
  return rest.some((part) => typeof part === 'string') ? `${rest.join('/')}: ` : ''
}

function sentence(violations: readonly Violation[]): string {
  return violations.map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`)).join('; ')
}

// The part of a form that asks to type DELETE, as deleting does: what would be saved destroys something, or cuts callers off.
import { Alert, Flex, Form, Input } from 'antd'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'

const NAME = 'typed DELETE'

/** Says what will happen. When that becomes something else, it asks anew. */
export function Confirmation({ effect }: { readonly effect: string }) {
  const t = useText()
  const form = Form.useFormInstance()
  useEffect(() => form.setFieldValue(NAME, undefined), [effect, form])
  const isTyped = (_: unknown, typed: string) => (typed === 'DELETE' ? Promise.resolve() : Promise.reject(new Error(t.common.deleteWaits)))
  return (
    <Flex vertical gap={16}>
      <Alert type="warning" showIcon title={effect} />
      <Form.Item name={NAME} label={t.common.deletePrompt} required rules={[{ validator: isTyped }]} validateTrigger="onSubmit">
        <Input autoComplete="off" />
      </Form.Item>
    </Flex>
  )
}

/** What a form says, without what was typed to confirm it. */
export function unconfirmed<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== NAME)) as Values
}

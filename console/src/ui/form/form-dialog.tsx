// A short form in a dialog, opened by a button that says why it cannot be pressed. What destroys something asks to type DELETE.
import { Alert, Form, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text'
import { Act, type ActProps, useReadOnlyReason } from '../act'
import { EditForm } from './edit-form'

interface Props<Values, Made> extends Pick<ActProps, 'size' | 'type' | 'why' | 'icon'> {
  /** The button's word. */
  readonly label: string
  readonly title: string
  readonly initial: Partial<Values>
  readonly save: (values: Values) => Promise<Made>
  readonly touches: readonly (readonly unknown[])[]
  readonly done?: string | undefined
  readonly then?: (made: Made) => void
  readonly submit: string
  /** What is lost for good by it; absent: nothing is. */
  readonly destroys?: string
  readonly children: ReactNode
}

const CONFIRMATION = 'typed DELETE'

export function FormDialog<Values extends object, Made>(props: Props<Values, Made>) {
  const { label, title, initial, save, touches, done, then, submit, destroys, children, why, ...button } = props
  const readOnly = useReadOnlyReason()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const closeAnd = (made: Made) => {
    close()
    then?.(made)
  }
  const run = (values: Values) => save(Object.fromEntries(Object.entries(values).filter(([name]) => name !== CONFIRMATION)) as Values)
  return (
    <>
      <Act why={why ?? readOnly} onClick={() => setOpen(true)} {...button}>{label}</Act>
      <Modal open={isOpen} title={title} onCancel={close} footer={null} destroyOnHidden>
        <EditForm<Values, Made> initial={initial} save={run} touches={touches} done={done} then={closeAnd} submit={submit} cancel={close}>
          {destroys !== undefined && <Alert type="warning" showIcon title={destroys} style={{ marginBottom: 16 }} />}
          {children}
          {destroys !== undefined && <Confirmation />}
        </EditForm>
      </Modal>
    </>
  )
}

function Confirmation() {
  const t = useText()
  const isTyped = (_: unknown, typed: string) => (typed === 'DELETE' ? Promise.resolve() : Promise.reject(new Error(t.common.deleteWaits)))
  return (
    <Form.Item name={CONFIRMATION} label={t.common.deletePrompt} required rules={[{ validator: isTyped }]} validateTrigger="onSubmit">
      <Input autoComplete="off" />
    </Form.Item>
  )
}

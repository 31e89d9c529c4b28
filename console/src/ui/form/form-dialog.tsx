// A short form in a dialog, opened by a button that says why it cannot be pressed. What destroys something asks to type DELETE.
import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { Act, type ActProps, useReadOnlyReason } from '../act'
import { Confirmation } from './confirmation'
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
  /** What is lost for good by it, or who is cut off; absent: nothing and nobody. */
  readonly destroys?: string | undefined
  readonly fieldOf?: (pointer: string) => string
  readonly children: ReactNode
}

export function FormDialog<Values extends object, Made>(props: Props<Values, Made>) {
  const { label, title, initial, save, touches, done, then, submit, destroys, fieldOf, children, why, ...button } = props
  const readOnly = useReadOnlyReason()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const closeAnd = (made: Made) => {
    close()
    then?.(made)
  }
  return (
    <>
      <Act why={why ?? readOnly} onClick={() => setOpen(true)} {...button}>{label}</Act>
      <Modal open={isOpen} title={title} onCancel={close} footer={null} destroyOnHidden>
        <EditForm<Values, Made> initial={initial} save={save} touches={touches} done={done} then={closeAnd} submit={submit} cancel={close} {...(fieldOf && { fieldOf })}>
          {children}
          {destroys !== undefined && <Confirmation effect={destroys} />}
        </EditForm>
      </Modal>
    </>
  )
}

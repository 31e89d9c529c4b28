// A short form in a dialog, opened by a button that says why it cannot be pressed.
import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
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
  readonly children: ReactNode
}

export function FormDialog<Values extends object, Made>(props: Props<Values, Made>) {
  const { label, title, initial, save, touches, done, then, submit, children, why, ...button } = props
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
        <EditForm<Values, Made> initial={initial} save={save} touches={touches} done={done} then={closeAnd} submit={submit} cancel={close}>
          {children}
        </EditForm>
      </Modal>
    </>
  )
}

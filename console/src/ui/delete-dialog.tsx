// The question before something is deleted: it says what will happen, and asks to type DELETE.
import { Alert, Flex, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useText } from '../i18n/text'
import { useChange } from './change'

export interface DeleteQuestion {
  /** What goes, as the user knows it. */
  readonly name: string
  /** The button's word when it is not "Delete". */
  readonly label?: string | undefined
  /** The question, when it is not whether to delete. */
  readonly title?: string | undefined
  /** What is said then, when it is not "Deleted". */
  readonly done?: string | undefined
  /** What else happens then. */
  readonly effect?: string | undefined
  readonly run: () => Promise<unknown>
  readonly touches: readonly (readonly unknown[])[]
  readonly then?: (() => void) | undefined
}

interface Props extends DeleteQuestion {
  readonly open: boolean
  readonly close: () => void
}

export function DeleteDialog({ open, close, name, label, title, done, effect, run, touches, then }: Props) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const field = useRef<InputRef>(null)
  const leave = () => {
    close()
    setTyped('')
  }
  const change = useChange({
    run,
    touches,
    done: done ?? t.common.deleted,
    then: () => {
      leave()
      then?.()
    },
  })
  const submit = () => {
    if (typed === 'DELETE') change.mutate(undefined)
  }
  return (
    <Modal
      open={open}
      title={title ?? t.common.deleteTitle(name)}
      onCancel={leave}
      onOk={submit}
      // The library begins with the cross.
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
      okText={label ?? t.common.delete}
      okButtonProps={{ danger: true, disabled: typed !== 'DELETE', loading: change.isPending, title: typed === 'DELETE' ? '' : t.common.deleteWaits }}
      destroyOnHidden
    >
      <Flex vertical gap={12}>
        <Alert type="warning" title={effect ?? t.common.deleteForever} />
        <label htmlFor="delete-confirmation">{t.common.deletePrompt}</label>
        <Input id="delete-confirmation" ref={field} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} onPressEnter={submit} />
      </Flex>
    </Modal>
  )
}

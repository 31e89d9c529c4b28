// Deleting asks to type DELETE, as both clouds' guides do.
import { Alert, Flex, Input, Modal } from 'antd'
import { useState } from 'react'
import { useText } from '../i18n/text'
import { Act, type ActProps, useReadOnlyReason } from './act'
import { useChange } from './change'

/** How it is called where nothing is deleted: something is unbound or removed, say. */
export interface DeleteWords {
  /** The button's word when it is not "Delete". */
  readonly label?: string
  /** The question, when it is not whether to delete. */
  readonly title?: string
  /** What is said then, when it is not "Deleted". */
  readonly done?: string
}

interface Props extends DeleteWords, Pick<ActProps, 'size' | 'type' | 'why'> {
  /** What goes, as the user knows it. */
  readonly name: string
  /** What else happens then. */
  readonly effect?: string
  readonly run: () => Promise<unknown>
  readonly touches: readonly (readonly unknown[])[]
  readonly then?: () => void
}

export function DeleteButton({ name, effect, run, touches, then, label, title, done, why, ...button }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const close = () => {
    setOpen(false)
    setTyped('')
  }
  const change = useChange({
    run,
    touches,
    done: done ?? t.common.deleted,
    then: () => {
      close()
      then?.()
    },
  })
  const submit = () => {
    if (typed === 'DELETE') change.mutate(undefined)
  }
  return (
    <>
      <Act danger why={why ?? readOnly} onClick={() => setOpen(true)} {...button}>
        {label ?? t.common.delete}
      </Act>
      <Modal
        open={open}
        title={title ?? t.common.deleteTitle(name)}
        onCancel={close}
        onOk={submit}
        okText={label ?? t.common.delete}
        okButtonProps={{ danger: true, disabled: typed !== 'DELETE', loading: change.isPending, title: typed === 'DELETE' ? '' : t.common.deleteWaits }}
        destroyOnHidden
      >
        <Flex vertical gap={12}>
          <Alert type="warning" title={effect ?? t.common.deleteForever} />
          <label htmlFor="delete-confirmation">{t.common.deletePrompt}</label>
          <Input id="delete-confirmation" autoFocus autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} onPressEnter={submit} />
        </Flex>
      </Modal>
    </>
  )
}

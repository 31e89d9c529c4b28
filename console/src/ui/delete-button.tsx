// Deleting asks to type DELETE, as both clouds' guides do.
import { useState } from 'react'
import { useText } from '../i18n/text'
import { Act, type ActProps, useReadOnlyReason } from './act'
import type { DeleteQuestion } from './delete-dialog'
import { later } from './later'

/** How it is called where nothing is deleted: something is unbound or removed, say. */
export type DeleteWords = Pick<DeleteQuestion, 'label' | 'title' | 'done'>

type Props = DeleteQuestion & Pick<ActProps, 'size' | 'type' | 'why'>

export const DeleteDialog = later(() => import('./delete-dialog').then((part) => part.DeleteDialog))

export function DeleteButton({ size, type, why, ...question }: Props) {
  const t = useText()
  const readOnly = useReadOnlyReason()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Act danger {...(size && { size })} {...(type && { type })} why={why ?? readOnly} onClick={() => setOpen(true)} onPointerEnter={DeleteDialog.soon} onFocus={DeleteDialog.soon}>
        {question.label ?? t.common.delete}
      </Act>
      <DeleteDialog {...question} open={open} close={() => setOpen(false)} />
    </>
  )
}

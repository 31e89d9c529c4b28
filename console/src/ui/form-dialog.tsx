// A short form over the page it belongs to. It is made anew each time, so that it begins with what is there then.
import { Modal } from 'antd'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly open: boolean
  readonly close: () => void
  readonly children: ReactNode
  readonly width?: number
}

export function FormDialog({ title, open, close, children, width = 560 }: Props) {
  return (
    <Modal open={open} title={title} onCancel={close} footer={null} width={width} destroyOnHidden>
      {children}
    </Modal>
  )
}

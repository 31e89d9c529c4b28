// Copies a text: an id, a curl line, a document.
import { CopyOutlined } from '@ant-design/icons'
import { App } from 'antd'
import { useText } from '../i18n/text'
import { Act, type ActProps } from './act'
import { FailureNote } from './failure-note'

interface Props extends Pick<ActProps, 'size' | 'type' | 'why'> {
  readonly text: () => string | Promise<string>
  readonly label: string
}

export function CopyButton({ text, label, ...button }: Props) {
  const t = useText()
  const { message, notification } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(await text())
    void message.success(t.common.copied)
  }
  // What it is made of may have to be read first.
  const failed = (error: Error) => notification.error({ title: FailureNote(error), duration: 0 })
  return (
    <Act icon={<CopyOutlined />} onClick={() => void copy().catch(failed)} {...button}>
      {label}
    </Act>
  )
}

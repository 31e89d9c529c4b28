// Copies a text: an id, a curl line, a document.
import { CopyOutlined } from '@ant-design/icons'
import { App } from 'antd'
import { useText } from '../i18n/text'
import { Act, type ActProps } from './act'

interface Props extends Pick<ActProps, 'size' | 'type' | 'why'> {
  readonly text: () => string
  readonly label: string
}

export function CopyButton({ text, label, ...button }: Props) {
  const t = useText()
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(text())
    void message.success(t.common.copied)
  }
  return (
    <Act icon={<CopyOutlined />} onClick={() => void copy()} {...button}>
      {label}
    </Act>
  )
}

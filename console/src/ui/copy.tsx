// Copies a text: an id, a curl line, a document.
import { CopyOutlined } from '@ant-design/icons'
import { useText } from '../i18n/text'
import { Act, type ActProps } from './act'
import { useNotes } from './notes'

interface Props extends Pick<ActProps, 'size' | 'type' | 'why'> {
  readonly text: () => string | Promise<string>
  readonly label: string
}

export function CopyButton({ text, label, ...button }: Props) {
  const t = useText()
  const { say, fail } = useNotes()
  const copy = async () => {
    await navigator.clipboard.writeText(await text())
    say(t.common.copied)
  }
  // What it is made of may have to be read first.
  return (
    <Act icon={<CopyOutlined />} onClick={() => void copy().catch(fail)} {...button}>
      {label}
    </Act>
  )
}

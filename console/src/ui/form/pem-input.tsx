// A text in PEM, pasted or read from a file. The file is read here and goes nowhere before the form is saved.
import { Button, Flex, Input } from 'antd'
import { useRef } from 'react'
import { useText } from '../../i18n/text'

interface Props {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (text: string) => void
  /** What stands after `BEGIN`. */
  readonly what: string
}

export function PemInput({ id, value, onChange, what }: Props) {
  const t = useText()
  const chooser = useRef<HTMLInputElement>(null)
  const read = async ({ files }: HTMLInputElement) => {
    const [file] = files ?? []
    if (file !== undefined) onChange?.(await file.text())
  }
  return (
    <Flex vertical gap={8} align="start">
      <Input.TextArea
        {...(id !== undefined && { id })}
        rows={5}
        autoComplete="off"
        spellCheck={false}
        style={{ fontFamily: 'monospace' }}
        placeholder={`-----BEGIN ${what}-----`}
        value={value ?? ''}
        onChange={({ target }) => onChange?.(target.value)}
      />
      <Button size="small" onClick={() => chooser.current?.click()}>{t.common.readFile}</Button>
      <input
        ref={chooser}
        type="file"
        accept=".pem,.crt,.cer,.key,.txt"
        style={{ display: 'none' }}
        aria-label={t.common.readFile}
        onChange={({ target }) => {
          void read(target).finally(() => {
            // The same file can be read again.
            target.value = ''
          })
        }}
      />
    </Flex>
  )
}

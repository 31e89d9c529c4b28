// Several short texts, one in a line; commas part them as well, so that lists can be pasted.
import { Input } from 'antd'
import { useState } from 'react'

interface Props {
  readonly id?: string
  readonly value?: readonly string[] | null
  readonly onChange?: (lines: string[]) => void
  readonly label?: string
  readonly placeholder?: string
}

export function LinesInput({ id, value, onChange, label, placeholder }: Props) {
  const given = value ?? []
  const [typed, setTyped] = useState('')
  // What is half typed stays as it is, as long as nobody else changes the value.
  const shown = same(lines(typed), given) ? typed : given.join('\n')
  return (
    <Input.TextArea
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      autoSize={{ minRows: 3, maxRows: 14 }}
      spellCheck={false}
      style={{ fontFamily: 'monospace' }}
      placeholder={placeholder}
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value)
        onChange?.(lines(target.value))
      }}
    />
  )
}

export function lines(text: string): string[] {
  return text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '')
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index])
}

// A point in time: milliseconds since 1970 in the form, the browser's own field in its own zone on the page.
import { Input } from 'antd'
import { useState } from 'react'

interface Props {
  readonly id?: string
  readonly value?: number | null | undefined
  readonly onChange?: (ms: number | null) => void
  readonly label?: string
}

export function TimeInput({ id, value = null, onChange, label }: Props) {
  const [typed, setTyped] = useState('')
  // What is half typed stays as it is, as long as nobody else changes the value.
  const shown = milliseconds(typed) === value ? typed : local(value)
  return (
    <Input
      {...(id !== undefined && { id })}
      type="datetime-local"
      step={1}
      aria-label={label}
      style={{ width: 250 }}
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value)
        onChange?.(milliseconds(target.value))
      }}
    />
  )
}

/** `2026-01-31T09:30:00` here; empty: no time. */
export function local(ms: number | null): string {
  if (ms === null) return ''
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** null: nothing, nothing complete, or a year that is being typed. */
export function milliseconds(text: string): number | null {
  const ms = new Date(text).getTime()
  return Number.isNaN(ms) || ms < 0 ? null : ms
}

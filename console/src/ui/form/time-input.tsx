// A point in time: milliseconds since 1970 in the form, the browser's own field in its own zone on the page.
import { Input } from 'antd'

interface Props {
  readonly id?: string
  readonly value?: number | null | undefined
  readonly onChange?: (ms: number | null) => void
  readonly label?: string
}

export function TimeInput({ id, value, onChange, label }: Props) {
  return (
    <Input
      {...(id !== undefined && { id })}
      type="datetime-local"
      step={1}
      aria-label={label}
      style={{ width: 230 }}
      value={value === undefined || value === null ? '' : local(value)}
      onChange={(event) => onChange?.(milliseconds(event.target.value))}
    />
  )
}

/** `2026-01-31T09:30:00` here. */
export function local(ms: number): string {
  const here = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000)
  return here.toISOString().slice(0, 19)
}

/** null: nothing, or nothing complete. */
export function milliseconds(text: string): number | null {
  const ms = new Date(text).getTime()
  return Number.isNaN(ms) ? null : ms
}

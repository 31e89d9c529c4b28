// Lines over time, drawn by hand: a chart library would be as large as the rest of the console. Who cannot see it has the
// same figures in a table; what it says as a whole is its name.
import { Flex, theme, Typography } from 'antd'
import { type PointerEvent, useState } from 'react'
import { Plot } from './plot'
import { marks, type Values } from './scale'
import { useWidth } from './use-width'

/** A line: told from others by its dashes too. */
export interface Line {
  readonly label: string
  readonly values: Values
  readonly color: string
  /** As in SVG's `stroke-dasharray`. */
  readonly dash?: string
  /** What is shown of it while nobody points at a time. */
  readonly whole: string
}

interface Props {
  readonly title: string
  /** What it says, for who does not see it. */
  readonly summary: string
  readonly times: readonly number[]
  readonly lines: readonly Line[]
  /** How a value is shown. */
  readonly format: (value: number) => string
  /** How a time is shown below the chart, and when somebody points at it. */
  readonly formatTime: (ms: number) => string
  /** Whether only whole values occur. */
  readonly whole: boolean
}

export const HEIGHT = 200
const MARK_WIDTH = 110

export function TimeChart({ title, summary, times, lines, format, formatTime, whole }: Props) {
  const { token } = theme.useToken()
  const { place, width } = useWidth()
  const [pointed, setPointed] = useState<number>()
  const at = pointed === undefined || pointed >= times.length ? undefined : pointed
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    setPointed(Plot.nearest(event.clientX - left, width, times.length))
  }
  return (
    <figure aria-label={title} style={{ margin: 0, border: `1px solid ${token.colorBorderSecondary}`, borderRadius: token.borderRadius, padding: 12 }}>
      <Flex justify="space-between" gap={16}>
        <Typography.Title level={2} style={{ fontSize: 14, margin: 0 }}>{title}</Typography.Title>
        {at !== undefined && <PointedTime ms={times[at] ?? 0} shown={formatTime(times[at] ?? 0)} />}
      </Flex>
      <Legend lines={lines} at={at} format={format} />
      <div ref={place} role="img" aria-label={summary} style={{ height: HEIGHT }} onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
        {width > 0 && (
          <Plot width={width} height={HEIGHT} lines={lines} points={times.length} at={at} format={format} whole={whole}
            marks={marks(times.length, Math.max(2, Math.floor(width / MARK_WIDTH))).map((index) => ({ index, label: formatTime(times[index] ?? 0) }))} />
        )}
      </div>
    </figure>
  )
}

function PointedTime({ ms, shown }: { readonly ms: number; readonly shown: string }) {
  const { token } = theme.useToken()
  return <time dateTime={new Date(ms).toISOString()} style={{ fontSize: 12, color: token.colorTextSecondary }}>{shown}</time>
}

interface LegendProps {
  readonly lines: readonly Line[]
  readonly at: number | undefined
  readonly format: (value: number) => string
}

/** What each line is, with its value where somebody points. */
function Legend({ lines, at, format }: LegendProps) {
  return (
    <Flex gap="0 12px" wrap style={{ minHeight: 22, fontSize: 12 }}>
      {lines.map(({ label, color, dash, values, whole }) => {
        const value = at === undefined ? undefined : values[at]
        return (
          <Flex key={label} gap={6} align="center">
            <svg width={20} height={4} aria-hidden="true"><line x1={0} x2={20} y1={2} y2={2} stroke={color} strokeWidth={2} strokeDasharray={dash} /></svg>
            <span>{label}</span>
            <strong style={{ minWidth: 36 }}>{value === undefined ? whole : value === null ? '–' : format(value)}</strong>
          </Flex>
        )
      })}
    </Flex>
  )
}

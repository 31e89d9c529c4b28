// The drawing itself: an axis, lines, times, and where somebody points.
import { theme } from 'antd'
import { alone, largest, path, ticks } from './scale'
import type { Line } from './time-chart'

interface Mark {
  readonly index: number
  readonly label: string
}

interface Props {
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
  readonly points: number
  readonly at: number | undefined
  readonly marks: readonly Mark[]
  readonly format: (value: number) => string
  readonly whole: boolean
}

const LEFT = 56
const RIGHT = 12
const TOP = 8
const BOTTOM = 22

export function Plot({ width, height, lines, points, at, marks, format, whole }: Props) {
  const { token } = theme.useToken()
  const values = ticks(largest(lines.map((line) => line.values)), whole)
  const top = values.at(-1) ?? 1
  const x = (index: number) => xOf(index, width, points)
  const y = (value: number) => height - BOTTOM - (value / top) * (height - TOP - BOTTOM)
  const text = { fill: token.colorTextSecondary, fontSize: 11 }
  return (
    <svg width={width} height={height} aria-hidden="true" style={{ display: 'block' }}>
      {values.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} stroke={token.colorBorderSecondary} />
          <text x={LEFT - 6} y={y(value) + 4} textAnchor="end" {...text}>{format(value)}</text>
        </g>
      ))}
      {marks.map(({ index, label }) => (
        <text key={index} x={x(index)} y={height - 6} textAnchor={anchor(index, points)} {...text}>{label}</text>
      ))}
      {lines.map(({ label, values: line, color, dash }) => (
        <path key={label} d={path(line, { x, y })} fill="none" stroke={color} strokeWidth={1.75} strokeLinejoin="round" strokeLinecap="round" strokeDasharray={dash} />
      ))}
      {lines.flatMap(({ label, values: line, color }) =>
        alone(line).map((index) => <circle key={`${label} ${index}`} cx={x(index)} cy={y(line[index] ?? 0)} r={3} fill={color} />),
      )}
      {at !== undefined && <line x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} stroke={token.colorTextTertiary} strokeDasharray="2 2" />}
    </svg>
  )
}

/** The point that is nearest to a place. */
Plot.nearest = (x: number, width: number, points: number): number | undefined => {
  if (points === 0) return undefined
  const share = (x - LEFT) / Math.max(1, width - LEFT - RIGHT)
  return Math.round(Math.min(1, Math.max(0, share)) * (points - 1))
}

function xOf(index: number, width: number, points: number): number {
  return points <= 1 ? LEFT : LEFT + (index / (points - 1)) * (width - LEFT - RIGHT)
}

function anchor(index: number, points: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start'
  return index === points - 1 ? 'end' : 'middle'
}

// Where things stand in a chart: round values on its axis, times below it, a line through its points.

/** A value at a time; null: there is none, and the line has a gap. */
export type Values = readonly (number | null)[]

const STEPS = [1, 2, 5, 10]
const LINES = 4

/** Round values from nothing to above the largest, the last of which is the top; whole ones where only whole ones occur. */
export function ticks(largest: number, whole: boolean): readonly number[] {
  const rough = Math.max(largest, whole ? LINES : Number.MIN_VALUE) / LINES
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power
  const found = Array.from({ length: LINES + 1 }, (_, index) => index * step)
  return largest === 0 && !whole ? [0, 1] : found
}

/** The largest value of all lines; 0 without any. */
export function largest(lines: readonly Values[]): number {
  return lines.reduce((most, line) => line.reduce<number>((one, value) => Math.max(one, value ?? 0), most), 0)
}

/** Numbers of the points below which their time stands: about so many, and not two too close. */
export function marks(points: number, wanted: number): readonly number[] {
  if (points <= 1) return points === 1 ? [0] : []
  const step = Math.max(1, Math.ceil((points - 1) / Math.max(1, wanted - 1)))
  return Array.from({ length: Math.floor((points - 1) / step) + 1 }, (_, index) => index * step)
}

interface Place {
  readonly x: (index: number) => number
  readonly y: (value: number) => number
}

/** Values with none beside them, which make no line. */
export function alone(values: Values): readonly number[] {
  const has = (index: number) => (values[index] ?? null) !== null
  return values.flatMap((_, index) => (has(index) && !has(index - 1) && !has(index + 1) ? [index] : []))
}

/** A line as SVG draws it. */
export function path(values: Values, { x, y }: Place): string {
  const at = (index: number, value: number) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`
  return values
    .map((value, index) => {
      if (value === null) return ''
      const begins = index === 0 || values[index - 1] === null
      return `${begins ? 'M' : 'L'}${at(index, value)}`
    })
    .join('')
}

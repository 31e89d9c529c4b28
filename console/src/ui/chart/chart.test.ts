import { expect, test } from 'vitest'
import { alone, largest, marks, path, ticks } from './scale'

test('an axis has round values up to the largest', () => {
  expect(ticks(37, true)).toEqual([0, 10, 20, 30, 40])
  expect(ticks(3, true)).toEqual([0, 1, 2, 3, 4])
  expect(ticks(0, true)).toEqual([0, 1, 2, 3, 4])
  expect(ticks(0.7, false).map((one) => Number(one.toFixed(2)))).toEqual([0, 0.2, 0.4, 0.6, 0.8])
  expect(ticks(0, false)).toEqual([0, 1])
  for (const most of [1, 9, 10, 11, 99, 1234, 5e9]) expect(ticks(most, true).at(-1)).toBeGreaterThanOrEqual(most)
})

test('times stand below a few points', () => {
  expect(marks(61, 7)).toEqual([0, 10, 20, 30, 40, 50, 60])
  expect(marks(2, 7)).toEqual([0, 1])
  expect(marks(1, 7)).toEqual([0])
  expect(marks(0, 7)).toEqual([])
})

test('a line has gaps where there is no value', () => {
  const place = { x: (index: number) => index, y: (value: number) => 10 - value }
  expect(path([1, 2, null, 4, null], place)).toBe('M0.0 9.0L1.0 8.0M3.0 6.0')
  expect(path([], place)).toBe('')
  expect(alone([1, 2, null, 4, null])).toEqual([3])
  expect(alone([1])).toEqual([0])
  expect(alone([])).toEqual([])
})

test('the largest of all lines is found', () => {
  expect(largest([[1, null], [null, 3]])).toBe(3)
  expect(largest([])).toBe(0)
})

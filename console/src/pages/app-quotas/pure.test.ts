import { expect, test } from 'vitest'
import { nextReset } from './period'

test('periods follow the first reset, and came before it', () => {
  const daily = { first_reset: 1_000_000, interval: 1, unit: 'day' as const }
  expect(nextReset(daily, 1_000_000)).toBe(1_000_000 + 86_400_000)
  expect(nextReset(daily, 999_999)).toBe(1_000_000)
  expect(nextReset(daily, 1_000_000 + 3 * 86_400_000 - 1)).toBe(1_000_000 + 3 * 86_400_000)
  expect(nextReset({ ...daily, interval: 2, unit: 'minute' }, 1_200_000)).toBe(1_240_000)
})

test('without a first reset each app has periods of its own', () => {
  expect(nextReset({ first_reset: null, interval: 1, unit: 'day' }, 0)).toBeUndefined()
  expect(nextReset({ interval: 1, unit: 'day' }, 0)).toBeUndefined()
})

test('a period is never longer than the gateway counts', () => {
  expect(nextReset({ first_reset: 0, interval: 2_147_483_647, unit: 'day' }, 1)).toBe(2_147_483_647_000)
})

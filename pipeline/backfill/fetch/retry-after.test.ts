import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thu, 01 Jan 2015 00:00:30 GMT' }, 0],
  [{ 'ratelimit-reset': String(NOW / 1_000 + 12) }, 12_000],
  [{ 'retry-after': 'soon', 'ratelimit-reset': String(NOW / 1_000 + 12) }, 12_000],
  [{ 'retry-after': '999999999' }, 900_000],
  [{ 'retry-after': '-5' }, null],
  [{}, null],
])('%j is %j ms', (headers, wait) => {
  // A negative number is a date to some engines, and never a wait.
  const read = retryAfter(headers, NOW)
  if (wait === null) expect(read ?? 0).toBeLessThanOrEqual(0)
  else expect(read).toBe(wait)
})

import { expect, test } from 'vitest'
import { until } from './until.ts'

test('waits for a state and hands it over', async () => {
  let calls = 0
  const found = await until(() => (++calls === 3 ? 'ready' : null), {
    within: 1_000,
    every: 1,
    what: 'readiness',
  })
  expect(found).toBe('ready')
})

test('a deadline that passes names what was awaited and keeps the last error', async () => {
  const failure = until(
    () => {
      throw new Error('refused')
    },
    { within: 5, every: 1, what: 'connection' },
  )
  await expect(failure).rejects.toThrow('no connection within 5 ms')
  await expect(failure).rejects.toHaveProperty('cause.message', 'refused')
})

test('an abort ends the wait with its reason', async () => {
  const aborted = until(() => null, {
    within: 60_000,
    what: 'miracle',
    signal: AbortSignal.abort(new Error('stop')),
  })
  await expect(aborted).rejects.toThrow('stop')
})

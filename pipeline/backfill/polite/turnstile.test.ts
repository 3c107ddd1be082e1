import { expect, test } from 'vitest'
import { until } from '#kernel/time/until.ts'
import { createHostGates } from './host-gates.ts'
import { createTurnstile } from './turnstile.ts'

const { signal } = new AbortController()

test('lets so many in, and the next one when somebody leaves', async () => {
  const turnstile = createTurnstile({ width: 2, spacing: 0 })
  const first = await turnstile.enter(signal)
  await turnstile.enter(signal)
  let isIn = false
  const third = turnstile.enter(signal).then(() => {
    isIn = true
  })
  await Promise.resolve()
  expect(isIn).toBe(false)
  first[Symbol.dispose]()
  first[Symbol.dispose]()
  await third
})

test('who gives up leaves his place in the queue', async () => {
  const turnstile = createTurnstile({ width: 1, spacing: 0 })
  const inside = await turnstile.enter(signal)
  const impatient = new AbortController()
  const given = turnstile.enter(impatient.signal)
  const patient = turnstile.enter(signal)
  impatient.abort(new Error('enough'))
  await expect(given).rejects.toThrow('enough')
  inside[Symbol.dispose]()
  ;(await patient)[Symbol.dispose]()
  expect(turnstile.isIdle).toBe(true)
})

test('keeps its distance, and stays shut while it cools down', async () => {
  const turnstile = createTurnstile({ width: 10, spacing: 20 })
  const startedAt = performance.now()
  await turnstile.enter(signal)
  await turnstile.enter(signal)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(19)
  turnstile.coolDown(60)
  await turnstile.enter(signal)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(78)
})

test('gates of hosts that nobody needs are forgotten', async () => {
  const gates = createHostGates({ width: 1, spacing: 0 }, { special: { width: 5, spacing: 0 } })
  const busy = await gates.at('busy').enter(signal)
  for (let host = 0; host < 5_000; host += 1) gates.at(`host-${host}`)
  await until(() => gates.size <= 1_000, { within: 1_000, what: 'sweep' })
  expect(gates.at('busy').isIdle).toBe(false)
  busy[Symbol.dispose]()
})

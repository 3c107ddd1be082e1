import { expect, test } from 'vitest'
import { milliseconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { FiringAlert } from './alert-watch.ts'
import { recordAlerts } from './record-alerts.ts'

function aWatch(replies: readonly (readonly string[] | Error)[]) {
  let asked = 0
  return {
    asked: () => asked,
    async firing(): Promise<readonly FiringAlert[]> {
      const reply = replies[Math.min(asked++, replies.length - 1)] ?? []
      if (reply instanceof Error) throw reply
      return reply.map((name) => ({ name, since: 0 }))
    },
    async [Symbol.asyncDispose]() {},
  }
}

test('it says when an alert fired and when it was resolved', async () => {
  const watch = aWatch([[], ['Ouch'], []])
  const said: string[] = []
  await using alerts = recordAlerts(
    watch,
    () => watch.asked(),
    (what) => said.push(what),
    milliseconds(5),
  )
  await until(() => said.length === 2, { within: 3_000, what: 'resolution' })
  expect(said).toEqual(['Ouch fires', 'Ouch is resolved'])
  expect(alerts.hasFired('Ouch')).toBe(true)
  expect(alerts.result(1, 1)).toEqual({ fired: [{ name: 'Ouch', firedInMs: 1_000, resolvedInMs: 2_000 }] })
})

test('an alert that fired before the injection was not caused by it', async () => {
  const watch = aWatch([['Ouch']])
  await using alerts = recordAlerts(
    watch,
    () => 5,
    () => {},
    milliseconds(5),
  )
  await until(() => alerts.hasFired('Ouch'), { within: 3_000, what: 'alert' })
  expect(alerts.result(6, 7)).toEqual({ fired: [] })
})

test('nobody to ask is missing, not silence', async () => {
  await using alerts = recordAlerts(
    { missing: 'no prometheus' },
    () => 0,
    () => {},
    milliseconds(5),
  )
  expect(alerts.watching).toBe(false)
  expect(alerts.result(0, 0)).toEqual({ missing: 'no prometheus' })
})

test('a Prometheus that stopped answering is missing, not silence', async () => {
  const watch = aWatch([[], new Error('connection refused')])
  await using alerts = recordAlerts(
    watch,
    () => 0,
    () => {},
    milliseconds(5),
  )
  await until(() => watch.asked() >= 2, { within: 3_000, what: 'second question' })
  expect(alerts.result(0, 0)).toEqual({ missing: 'connection refused' })
})

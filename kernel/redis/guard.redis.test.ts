import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { readGuardEvidence, requireMayBreak } from './guard.ts'

const markerKey = 'standpipe:may-be-broken'

test('a Redis that we did not start is refused until it is marked and confirmed', async ({ redis }) => {
  await expect(requireMayBreak(redis, { markerKey })).rejects.toThrow('SET standpipe:may-be-broken')
  await redis.set(markerKey, 'the test says so')
  const { runId, role, marker } = await readGuardEvidence(redis, markerKey)
  expect({ role, marker }).toEqual({ role: 'master', marker: 'the test says so' })
  await expect(requireMayBreak(redis, { markerKey })).rejects.toThrow(`--confirm ${runId}`)
  await expect(requireMayBreak(redis, { markerKey, confirmed: runId })).resolves.toBeUndefined()
})

test('a confirmation does not survive a restart of the server', async ({ server, redis }) => {
  await redis.set(markerKey, 'the test says so')
  const { runId } = await readGuardEvidence(redis, markerKey)
  await server.kill('SIGKILL')
  await server.start()
  await expect
    .poll(() => requireMayBreak(redis, { markerKey, confirmed: runId }).catch(String))
    .toContain('another server, or it was restarted')
})

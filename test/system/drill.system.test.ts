import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defineDrill } from '#chaos/drill.ts'
import type { Fault } from '#chaos/fault.ts'
import { isFrozen } from '#chaos/faults/freeze.ts'
import { killRedis } from '#chaos/faults/kill-redis.ts'
import { withRedis } from '#chaos/faults/with-redis.ts'
import { judgeDrill } from '#chaos/judge-drill.ts'
import { performDrill } from '#chaos/perform-drill.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

const brief = defineDrill({
  id: 'brief',
  title: 'Redis is killed for a second',
  hypothesis: 'nothing is lost',
  rate: 500,
  trafficLasts: seconds(4),
  faults: [killRedis],
  holdFor: seconds(1),
  recoverWithin: seconds(30),
  expectAlerts: [],
  runbook: 'redis-down',
})

/** What an operator in a hurry does: Redis is growing, the consumer is slow, so the stream is cut. */
const trimUnread: Fault = {
  name: 'trim-unread',
  against: ({ redisUrl, stream, consumers }) => ({
    inject: (signal) =>
      withRedis(redisUrl, async (redis) => {
        const pid = consumers.get('indexer-1')?.pid ?? 0
        process.kill(pid, 'SIGSTOP')
        const waiting = async () => ((await readGroups(redis, stream))[0]?.lag ?? 0) > 500
        await until(waiting, { within: seconds(10), what: 'unread entries', signal })
        const removed = await redis.xtrim(stream, 'MAXLEN', 0)
        return { bit: removed > 0, detail: `${removed} entries were cut` }
      }),
    async lift() {
      const pid = consumers.get('indexer-1')?.pid
      if (pid) process.kill(pid, 'SIGCONT')
    },
  }),
}

const watchAlerts = async () => ({ missing: 'not asked for' })

describe('a drill on the whole path', { timeout: seconds(150) }, () => {
  test('shows that a killed Redis costs nothing', async () => {
    const { signal } = new AbortController()
    const log = await performDrill(brief, { signal, watchAlerts })
    expect(judgeDrill(brief, log)).toMatchObject({ verdict: 'pass' })
    expect(log.ledger).toMatchObject({ attempted: 2_000, committed: 2_000, lost: 0, duplicateEffects: 0 })
    expect(log.state).toMatchObject({ absent: 0, stale: 0, undead: 0, unexpected: 0 })
    expect(log.timeline.map(({ kind }) => kind)).toContain('fault')
  })

  test('finds what an operator cut from the stream unread, although Redis shows nothing of it', async () => {
    const { signal } = new AbortController()
    const drill = { ...brief, faults: [trimUnread], recoverWithin: seconds(1) }
    const log = await performDrill(drill, { signal, watchAlerts })
    expect(log.ledger).toMatchObject({ attempted: 2_000 })
    expect('missing' in log.ledger ? 0 : log.ledger.lost).toBeGreaterThan(400)
    expect(judgeDrill(drill, log)).toMatchObject({
      verdict: 'fail',
      because: expect.stringContaining('events lost'),
    })
  })
})

test('Ctrl-C in the middle of a drill leaves neither process nor file behind', async () => {
  await using folder = await temporaryFolder('interrupted')
  const drill = await startChild(process.execPath, ['cli.ts', 'drill', 'run', 'consumer-paused'], {
    name: 'drill',
    env: { TMPDIR: folder.path },
  })
  const frozen = async () => {
    for (const pid of processesIn(folder.path)) if (await isFrozen(pid)) return true
    return false
  }
  await until(frozen, { within: seconds(60), what: 'frozen consumer', every: 100 })

  await drill.kill('SIGINT')
  expect(drill.exit).toBe(EXIT.interrupted)
  expect(processesIn(folder.path)).toEqual([])
  expect(readdirSync(folder.path)).toEqual([])
})

/** Processes of a stack: each is given a path below the folder, or works in it, as Redis does. */
function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && namesFolder(`/proc/${name}`, folder))
    .map(Number)
}

function namesFolder(process: string, folder: string): boolean {
  try {
    const given = readFileSync(`${process}/cmdline`, 'utf8')
    return given.includes(folder) || readlinkSync(`${process}/cwd`).startsWith(folder)
  } catch {
    return false
  }
}

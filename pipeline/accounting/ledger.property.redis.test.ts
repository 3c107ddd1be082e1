import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { test } from '#test/support/redis.ts'
import { acknowledgeAndCount } from './acknowledge-and-count.ts'
import { createBookKeeper } from './book-keeper.ts'
import type { GroupLedger } from './group-ledger.ts'
import { trimAndCount } from './trim-and-count.ts'

const STREAM = 'events'
const GROUP = 'readers'

/** What may happen to a stream. `look` and `reopen` are ours; the last five lose entries, or may. */
const deed = fc.oneof(
  ...(['add', 'read', 'settle'] as const).map((does) =>
    fc.record({ does: fc.constant(does), many: fc.integer({ min: 1, max: 9 }) }),
  ),
  ...(['look', 'reopen', 'trim-settled'] as const).map((does) =>
    fc.record({ does: fc.constant(does), many: fc.constant(0) }),
  ),
  ...(['trim-to', 'delete-unread', 'drop-pending', 'acknowledge-uncounted', 'skip'] as const).map((does) =>
    fc.record({ does: fc.constant(does), many: fc.integer({ min: 0, max: 12 }) }),
  ),
)

/** The truth, kept beside Redis, which forgets it. */
interface Truth {
  readonly ids: string[]
  readonly bodies: Set<string>
  readonly pending: Set<string>
  readonly settled: Set<string>
  /** Index of the last entry delivered or skipped. */
  cursor: number
}

const aTruth = (): Truth => ({
  ids: [],
  bodies: new Set(),
  pending: new Set(),
  settled: new Set(),
  cursor: -1,
})

/** Neither settled nor anywhere from where it could still be. */
function lostOf({ ids, bodies, pending, settled, cursor }: Truth): number {
  const isThere = (id: string, index: number) => bodies.has(id) && (pending.has(id) || index > cursor)
  return ids.filter((id, index) => !settled.has(id) && !isThere(id, index)).length
}

test('whatever happens, a loss that is told is the true one, and there is no pass with an entry lost', async ({
  redis,
}) => {
  // Nodes of one entry, so that a trim by whole nodes removes something.
  await redis.config('SET', 'stream-node-max-entries', '1')
  const told: Verdict[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), async (deeds) => {
      await redis.flushall()
      await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
      const truth = aTruth()
      let keeper = createBookKeeper(redis, STREAM)
      await keeper.look()
      for (const [step, { does, many }] of [...deeds, { does: 'look' as const, many: 0 }].entries()) {
        if (does === 'reopen') keeper = createBookKeeper(redis, STREAM)
        if (does !== 'look' && does !== 'reopen') {
          await DEEDS[does](redis, truth, many, step)
          continue
        }
        told.push(hold(await keeper.look(), lostOf(truth)))
      }
    }),
    { numRuns: 300 },
  )
  // Control: each verdict was really reached, and not by chance once.
  const times = (verdict: Verdict) => told.filter((one) => one === verdict).length
  for (const verdict of ['pass', 'fail', 'unknown'] as const) expect(times(verdict)).toBeGreaterThan(50)
})

/** Compares what is told with the truth. */
function hold([ledger]: readonly GroupLedger[], trulyLost: number): Verdict {
  const { verdict, lost, isLeast } = ledger?.balance ?? { verdict: 'unknown', lost: null, isLeast: false }
  if (verdict === 'pass' || verdict === 'not-applicable') expect(trulyLost).toBe(0)
  if (verdict === 'fail' && !isLeast) expect(lost).toBe(trulyLost)
  if (verdict === 'fail') expect(lost).toBeLessThanOrEqual(trulyLost)
  return verdict
}

const membership = { stream: STREAM, group: GROUP }
const heldBy = ({ pending, bodies }: Truth, many: number) =>
  [...pending].filter((id) => bodies.has(id)).slice(0, many)

type Deed = (redis: Redis, truth: Truth, many: number, step: number) => Promise<void>

const DEEDS = {
  async add(redis, { ids, bodies }, many, step) {
    for (let nth = 0; nth < many; nth++) {
      const id = `${step + 1}-${nth}`
      await redis.xadd(STREAM, id, 'event', '{}')
      ids.push(id)
      bodies.add(id)
    }
  },
  async read(redis, truth, many) {
    const reply = await redis.xreadgroup('GROUP', GROUP, 'one', 'COUNT', many, 'STREAMS', STREAM, '>')
    for (const [id] of (reply as [string, [string][]][] | null)?.[0]?.[1] ?? []) {
      truth.pending.add(id)
      truth.cursor = truth.ids.indexOf(id)
    }
  },
  async settle(redis, truth, many) {
    const held = heldBy(truth, many)
    if (held.length > 0) await acknowledgeAndCount(redis, membership, held)
    for (const id of held) {
      truth.pending.delete(id)
      truth.settled.add(id)
    }
  },
  async 'acknowledge-uncounted'(redis, truth, many) {
    const held = heldBy(truth, many)
    if (held.length > 0) await redis.xack(STREAM, GROUP, ...held)
    for (const id of held) truth.pending.delete(id)
  },
  async 'trim-settled'(redis, truth) {
    const [oldest] = [...truth.pending]
    const keepFrom = oldest ?? truth.ids[truth.cursor]
    if (keepFrom === undefined) return
    await trimAndCount(redis, STREAM, { keepFrom, limit: 10_000 })
    await refreshBodies(redis, truth)
  },
  async 'trim-to'(redis, truth, many) {
    await redis.xtrim(STREAM, 'MAXLEN', many)
    await refreshBodies(redis, truth)
  },
  async 'delete-unread'(redis, { ids, bodies, cursor }, many) {
    const id = ids.slice(cursor + 1).filter((one) => bodies.has(one))[many]
    if (id === undefined) return
    await redis.xdel(STREAM, id)
    bodies.delete(id)
  },
  async 'drop-pending'(redis, { pending }) {
    await redis.xgroup('DELCONSUMER', STREAM, GROUP, 'one')
    pending.clear()
  },
  async skip(redis, truth) {
    await redis.xgroup('SETID', STREAM, GROUP, '$')
    truth.cursor = truth.ids.length - 1
  },
} satisfies Record<string, Deed>

async function refreshBodies(redis: Redis, { bodies }: Truth): Promise<void> {
  const there = new Set((await redis.xrange(STREAM, '-', '+')).map(([id]) => id))
  for (const id of bodies) if (!there.has(id)) bodies.delete(id)
}

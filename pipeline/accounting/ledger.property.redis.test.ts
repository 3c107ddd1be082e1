import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { acknowledgeAndCount } from './acknowledge-and-count.ts'
import { createBookKeeper } from './book-keeper.ts'
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
function aModel() {
  const model = {
    ids: [] as string[],
    bodies: new Set<string>(),
    pending: new Set<string>(),
    settled: new Set<string>(),
    cursor: -1,
  }
  return {
    ...model,
    unread: () => model.ids.slice(model.cursor + 1).filter((id) => model.bodies.has(id)),
    model,
    /** Neither settled nor anywhere from where it could still be. */
    lost: () =>
      model.ids.filter((id, index) => {
        const isThere = model.bodies.has(id) && (model.pending.has(id) || index > model.cursor)
        return !model.settled.has(id) && !isThere
      }).length,
  }
}

test('whatever happens, a loss that is told is the true one, and there is no pass with an entry lost', async ({
  redis,
}) => {
  let told = { pass: 0, fail: 0, unknown: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), async (deeds) => {
      await redis.flushall()
      await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
      const truth = aModel()
      let keeper = createBookKeeper(redis, STREAM)
      await keeper.look()
      for (const [step, { does, many }] of [...deeds, { does: 'look' as const, many: 0 }].entries()) {
        if (does === 'reopen') keeper = createBookKeeper(redis, STREAM)
        if (does !== 'look' && does !== 'reopen') {
          await act(redis, truth, does, many, step)
          continue
        }
        const [ledger] = await keeper.look()
        const { verdict, lost, isLeast } = ledger?.balance ?? {
          verdict: 'unknown',
          lost: null,
          isLeast: false,
        }
        told = { ...told, [verdict]: (told[verdict as keyof typeof told] ?? 0) + 1 }
        if (verdict === 'pass' || verdict === 'not-applicable') expect(truth.lost()).toBe(0)
        if (verdict === 'fail' && !isLeast) expect(lost).toBe(truth.lost())
        if (verdict === 'fail' && isLeast) expect(lost).toBeLessThanOrEqual(truth.lost())
      }
    }),
    { numRuns: 300 },
  )
  // Control: each verdict was really reached, and not by chance once.
  for (const count of Object.values(told)) expect(count).toBeGreaterThan(50)
})

type Truth = ReturnType<typeof aModel>
type Does =
  | 'add'
  | 'read'
  | 'settle'
  | 'trim-settled'
  | 'trim-to'
  | 'delete-unread'
  | 'drop-pending'
  | 'acknowledge-uncounted'
  | 'skip'

async function act(
  redis: Redis,
  { model, unread }: Truth,
  does: Does,
  many: number,
  step: number,
): Promise<void> {
  const membership = { stream: STREAM, group: GROUP }
  const held = [...model.pending].filter((id) => model.bodies.has(id)).slice(0, many)
  switch (does) {
    case 'add':
      for (let nth = 0; nth < many; nth++) {
        const id = `${step + 1}-${nth}`
        await redis.xadd(STREAM, id, 'event', '{}')
        model.ids.push(id)
        model.bodies.add(id)
      }
      return
    case 'read': {
      const reply = await redis.xreadgroup('GROUP', GROUP, 'one', 'COUNT', many, 'STREAMS', STREAM, '>')
      for (const [id] of (reply as [string, [string][]][] | null)?.[0]?.[1] ?? []) {
        model.pending.add(id)
        model.cursor = model.ids.indexOf(id)
      }
      return
    }
    case 'settle':
      if (held.length === 0) return
      await acknowledgeAndCount(redis, membership, held)
      for (const id of held) {
        model.pending.delete(id)
        model.settled.add(id)
      }
      return
    case 'acknowledge-uncounted':
      if (held.length === 0) return
      await redis.xack(STREAM, GROUP, ...held)
      for (const id of held) model.pending.delete(id)
      return
    case 'trim-settled': {
      const [oldest] = [...model.pending]
      const keepFrom = oldest ?? model.ids[model.cursor]
      if (keepFrom === undefined) return
      // Nodes are as small as one entry here, so that a trim by whole nodes removes something.
      await redis.config('SET', 'stream-node-max-entries', '1')
      await trimAndCount(redis, STREAM, { keepFrom, limit: 10_000 })
      return refreshBodies(redis, model)
    }
    case 'trim-to':
      await redis.xtrim(STREAM, 'MAXLEN', many)
      return refreshBodies(redis, model)
    case 'delete-unread': {
      const id = unread()[many]
      if (id === undefined) return
      await redis.xdel(STREAM, id)
      model.bodies.delete(id)
      return
    }
    case 'drop-pending':
      await redis.xgroup('DELCONSUMER', STREAM, GROUP, 'one')
      model.pending.clear()
      return
    case 'skip':
      if (model.ids.length === 0) return
      await redis.xgroup('SETID', STREAM, GROUP, '$')
      model.cursor = model.ids.length - 1
  }
}

async function refreshBodies(redis: Redis, model: Truth['model']): Promise<void> {
  const there = new Set((await redis.xrange(STREAM, '-', '+')).map(([id]) => id))
  for (const id of model.bodies) if (!there.has(id)) model.bodies.delete(id)
}

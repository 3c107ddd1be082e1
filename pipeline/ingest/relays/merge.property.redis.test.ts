import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { newCounts } from '#pipeline/ingest/counts.ts'
import { createKnownEvents } from '#pipeline/ingest/delivery/known-events.ts'
import { findPlace } from '#pipeline/ingest/find-place.ts'
import { collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import { readFrame } from '#pipeline/ingest/frames/read-frame.ts'
import type { Hearing, LineSource } from '#pipeline/ingest/sources/line-source.ts'
import { type Lines, startLines } from '#pipeline/ingest/start-lines.ts'
import { aCommitFrame } from '#test/support/firehose-frames.ts'
import { leapingClock } from '#test/support/leaping-clock.ts'
import { test } from '#test/support/redis.ts'

const STREAM = 's'
const RELAYS = ['ws://a', 'ws://b'] as const

/** What comes between a call and Redis. `forgets` takes back the last append that succeeded, as a crash does. */
type Weather = 'fair' | 'lost-request' | 'lost-reply' | 'refused' | 'forgets'

type Step =
  /** A relay says its next frames. */
  | { readonly line: 0 | 1; readonly frames: number; readonly turns: number }
  /** Nothing happens until Redis has a cursor of this relay. */
  | { readonly stored: 0 | 1 }
  /** The ingester is killed and started again. */
  | 'restart'

interface World {
  /** Accounts of the commits, in the order in which they happen. */
  readonly accounts: readonly number[]
  /** Commits that a relay does not have. */
  readonly gaps: readonly [readonly number[], readonly number[]]
  /** Where the order of the second relay begins another account's commits earlier. */
  readonly swaps: readonly number[]
  readonly skies: readonly Weather[]
  readonly steps: readonly Step[]
  /** The relay that dies behind the last step. */
  readonly dead: 0 | 1 | null
  /** Which calls are lost besides, by the keys of the cursors that they move; absent is none. */
  readonly isLost?: (cursors: readonly string[]) => boolean
}

interface Commit {
  readonly did: string
  readonly rev: string
}

const skies = fc.array(
  fc.constantFrom<Weather>('fair', 'fair', 'fair', 'lost-request', 'lost-reply', 'refused'),
  { maxLength: 12 },
)
const says = fc.record({
  line: fc.constantFrom(0 as const, 1 as const),
  frames: fc.integer({ min: 1, max: 5 }),
  turns: fc.nat(4),
})
const COMMITS = 16
const some = fc.subarray(
  Array.from({ length: COMMITS }, (_, at) => at),
  { maxLength: 4 },
)
const calm = {
  accounts: fc.array(fc.nat(3), { minLength: COMMITS, maxLength: COMMITS }),
  gaps: fc.oneof(fc.constant<World['gaps']>([[], []]), fc.tuple(some, some)),
  swaps: fc.array(fc.nat(COMMITS - 2), { maxLength: 6 }),
  skies,
  steps: fc.array<Step>(says, { maxLength: 10 }),
  dead: fc.constant(null),
}
const rough = {
  ...calm,
  skies: fc.array(
    fc.constantFrom<Weather>('fair', 'fair', 'fair', 'lost-request', 'lost-reply', 'refused', 'forgets'),
    { maxLength: 12 },
  ),
  steps: fc.array<Step>(fc.oneof({ weight: 5, arbitrary: says }, fc.constant('restart' as const)), {
    maxLength: 10,
  }),
  dead: fc.constantFrom(null, 0 as const, 1 as const),
}

const nameOf = ({ did, rev }: Commit) => `${did} ${rev}`

const commitsOf = ({ accounts }: World): Commit[] =>
  accounts.map((account, at) => ({ did: `did:plc:${account}`, rev: `3k${String(at).padStart(11, '0')}` }))

/** What each relay has, in its own order and with its own sequences; of one account the order is the same. */
function ordersOf(world: World): readonly [Commit[], Commit[]] {
  const all = commitsOf(world)
  const second = [...all]
  for (const at of world.swaps) {
    const [one, next] = [second[at], second[at + 1]]
    if (one && next && one.did !== next.did) [second[at], second[at + 1]] = [next, one]
  }
  const without = (commits: Commit[], gaps: readonly number[]) =>
    commits.filter((commit) => !gaps.some((at) => all[at] === commit))
  return [without(all, world.gaps[0]), without(second, world.gaps[1])]
}

/** A relay that says what it is told to say, from wherever it is asked. */
function aRelay(commits: readonly Commit[], offset: number) {
  const frames = commits.map(({ did, rev }, at) => ({
    seq: offset + at + 1,
    bytes: aCommitFrame(offset + at + 1, [{ path: `app.bsky.feed.post/${rev}` }], { repo: did, rev }),
  }))
  let hearing: Hearing | null = null
  let after: number | null = null
  let isPaused = false
  return {
    last: frames.at(-1)?.seq ?? null,
    upTo: (cursor: number) => commits.slice(0, Math.max(0, cursor - offset)).map(nameOf),
    hear(options: Hearing) {
      hearing = options
      after = null
      isPaused = false
      return {
        pause: () => void (isPaused = true),
        resume: () => void (isPaused = false),
        restart: () => void (after = null),
        async stop() {
          hearing = null
        },
      }
    },
    say(count: number) {
      for (let said = 0; said < count && hearing && !isPaused; said++) {
        if (after === null) {
          after = hearing.position() ?? 0
          hearing.onOpen(after)
        }
        const next = frames.find(({ seq }) => seq > (after ?? 0))
        if (!next) return
        after = next.seq
        hearing.onFrame(readFrame(next.bytes, collectionFilter(['*'])), next.bytes)
      }
    },
  }
}

interface Client {
  /** A connection whose appends meet the weather, one after the other; everything else is fair. */
  readonly redis: Redis
  /** From now on nothing of it reaches Redis. */
  die(): void
}

const KEYS = RELAYS.map((relay) => cursorKey(STREAM, relay))

/** `skies` is used up by whoever calls. */
function aClient(redis: Redis, skies: Weather[], isLost: World['isLost'] = () => false): Client {
  let before: { readonly length: number; readonly cursors: readonly (string | null)[] } | null = null
  let isDead = false
  const forget = async () => {
    if (before === null) return
    const ids = (await redis.xrange(STREAM, '-', '+')).slice(before.length).map(([id]) => id)
    if (ids.length > 0) await redis.xdel(STREAM, ...ids)
    for (const [at, key] of KEYS.entries()) {
      const cursor = before.cursors[at] ?? null
      await (cursor === null ? redis.del(key) : redis.set(key, cursor))
    }
    before = null
  }
  const append = async (...args: [string, ...string[]]) => {
    const sky = skies.shift() ?? 'fair'
    const isLostAnyway = isLost(KEYS.filter((key) => args.includes(key)))
    if (isDead || isLostAnyway || sky === 'lost-request') throw new Error('connection lost')
    if (sky === 'refused') throw new Error('OOM command not allowed')
    if (sky === 'forgets') await forget()
    const now = { length: await redis.xlen(STREAM), cursors: await redis.mget(KEYS) }
    const reply = (await redis.call(...args)) as [string]
    if (reply[0] === 'appended') before = now
    if (sky === 'lost-reply') throw new Error('connection lost')
    return reply
  }
  let queue: Promise<unknown> = Promise.resolve()
  const call = (...args: [string, ...string[]]) => {
    const result = queue.then(() => append(...args))
    queue = result.catch(() => {})
    return result
  }
  return {
    redis: new Proxy(redis, { get: (target, name) => (name === 'call' ? call : Reflect.get(target, name)) }),
    die: () => void (isDead = true),
  }
}

interface Outcome {
  /** In the order of the stream. */
  readonly stored: readonly string[]
  /** What the cursors say is stored. */
  readonly promised: readonly string[]
}

type Start = (redis: Redis, source: LineSource) => Promise<Lines>

const log = createLog({ name: 'test', level: 'silent' })
const options = {
  relay: '',
  redisUrl: '',
  stream: STREAM,
  start: 'oldest' as const,
  collections: ['*'],
  highWater: 10_000,
  batchEntries: 3,
  inFlightBytes: 1_000_000,
  log,
}

const heardFrom = async (redis: Redis, relays: readonly string[], counts = newCounts()) =>
  Promise.all(
    relays.map(async (relay) => ({
      relay,
      place: await findPlace(redis, { ...options, relay }),
      chronicle: createChronicle(log, counts),
      onEnd() {},
    })),
  )

const sharedParts = (redis: Redis, source: LineSource) => {
  const counts = newCounts()
  const memory = { room: { used: 0, limit: null } }
  return { redis, counts, memory, source, chronicle: createChronicle(log, counts) }
}

const tuned = () => ({ ...options, tuning: { clock: leapingClock() } })

const merged: Start = async (redis, source) =>
  startLines(
    { ...sharedParts(redis, source), known: createKnownEvents(100) },
    await heardFrom(redis, RELAYS),
    tuned(),
  )

async function play(redis: Redis, world: World, start: Start): Promise<Outcome> {
  await redis.del(STREAM, ...KEYS)
  const [first, second] = ordersOf(world)
  const relays = [aRelay(first, 0), aRelay(second, 7_000)] as const
  const source: LineSource = {
    verify: 'none',
    fields: ['event'],
    encode: (texts) => texts,
    hear: (hearing) => relays[hearing.relay === RELAYS[0] ? 0 : 1].hear(hearing),
  }
  const skies = [...world.skies]
  let client = aClient(redis, skies, world.isLost)
  let lines = await start(client.redis, source)
  for (const step of world.steps) {
    if (step === 'restart') {
      client.die()
      await lines.stop()
      client = aClient(redis, skies, world.isLost)
      lines = await start(client.redis, source)
      continue
    }
    if ('stored' in step) {
      await until(async () => (await redis.exists(KEYS[step.stored] ?? '')) === 1, {
        within: seconds(5),
        what: 'a cursor',
        every: 1,
      })
      continue
    }
    relays[step.line].say(step.frames)
    for (let turn = 0; turn < step.turns; turn++) await nextTurn()
  }
  const living = relays.filter((_, line) => line !== world.dead)
  const readCursors = () => redis.mget(KEYS)
  await until(
    async () => {
      for (const relay of living) relay.say(COMMITS)
      const now = await readCursors()
      return living.every(({ last }) => last === null || now.includes(String(last)))
    },
    { within: seconds(5), what: `end of ${JSON.stringify(world)}`, every: 0 },
  )
  await lines.stop()
  const entries = await redis.xrange(STREAM, '-', '+')
  const stored = entries.map(([, [, text]]) => nameOf(JSON.parse(text ?? '') as Commit))
  const cursors = (await readCursors()).map(Number)
  return { stored, promised: relays.flatMap((relay, line) => relay.upTo(cursors[line] ?? 0)) }
}

const namesIn = (world: World) => [...new Set(ordersOf(world).flat().map(nameOf))]

test('whatever the weather, what two relays bring is stored exactly once, of each account in order', async ({
  redis,
}) => {
  await fc.assert(
    fc.asyncProperty(fc.record(calm), async (world) => {
      const { stored } = await play(redis, world, merged)
      expect(stored.toSorted()).toEqual(namesIn(world).toSorted())
      if (world.gaps.some((gaps) => gaps.length > 0)) return
      for (const [did, ofOne] of Map.groupBy(stored, (name) => name.split(' ')[0])) {
        expect([did, ...ofOne]).toEqual([did, ...ofOne.toSorted()])
      }
    }),
    { numRuns: 40 },
  )
})

test('whatever is killed, forgotten or dies, no cursor promises what is not stored', async ({ redis }) => {
  await fc.assert(
    fc.asyncProperty(fc.record(rough), async (world) => {
      const { stored, promised } = await play(redis, world, merged)
      expect(promised.filter((name) => !stored.includes(name))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('control: relays that share what they know and not their queue lose what dies with one of them', async ({
  redis,
}) => {
  const known = createKnownEvents(100)
  const apart: Start = async (client, source) => {
    known.clear()
    const both = await heardFrom(client, RELAYS)
    const own = tuned()
    const lines = both.map((one) => startLines({ ...sharedParts(client, source), known }, [one], own))
    return {
      isRefused: false,
      stop: async () => void (await Promise.all(lines.map((one) => one.stop()))),
    }
  }
  const world: World = {
    accounts: [0, 1, 2, 3],
    gaps: [[], []],
    swaps: [],
    skies: [],
    steps: [{ line: 0, frames: 2, turns: 0 }, { line: 1, frames: 3, turns: 0 }, { stored: 1 }, 'restart'],
    isLost: (cursors) => cursors.join() === KEYS[0],
    dead: 0,
  }
  const lost = async (start: Start) => {
    const { stored, promised } = await play(redis, world, start)
    return promised.filter((name) => !stored.includes(name))
  }
  expect(await lost(merged)).toEqual([])
  expect(await lost(apart)).not.toEqual([])
})

import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import { trimAndCount } from '#pipeline/accounting/trim-and-count.ts'
import { beginAttempt } from '#pipeline/consume/attempts.ts'
import { ensureGroup } from '#pipeline/consume/ensure-group.ts'
import { moveToDeadLetters } from '#pipeline/consume/move-to-dead-letters.ts'
import { deadLetterStream, EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import { claimIdle } from '#pipeline/reclaim/claim-idle.ts'
import { keepClaims } from '#pipeline/reclaim/keep-claims.ts'
import type { Probe, ProbeScene } from './probe.ts'

const append = ({ redis, stream }: ProbeScene) =>
  createAppend(redis, { stream, cursor: `${stream}:probe`, highWater: Number.MAX_SAFE_INTEGER })({
    fields: [EVENT_FIELD],
    commits: [{ seq: 1, values: ['{}'] }],
    after: null,
    upTo: 1,
  }).then((reply) => {
    if (reply.outcome === 'write-refused') throw refusal(reply.says)
  })

const aFailure = (id: string) => ({
  id,
  reason: 'refused-by-sink' as const,
  error: 'a probe',
  attempts: 1,
  firstFailedAt: 0,
  lastFailedAt: 0,
})

/** A command that was let through and did nothing has not been proven to work. */
async function effect(count: Promise<number>): Promise<void> {
  if ((await count) === 0) throw refusal('it was let through, and did nothing')
}

const refusal = (says: string) => Object.assign(new Error(says), { name: 'ReplyError' })

/** The commands of a pipeline, those first that free nothing: the later ones must still find Redis full. */
export const PROBES: readonly Probe[] = [
  { name: 'XADD', expected: 'refused', run: ({ redis, stream }) => redis.xadd(stream, '*', 'event', '{}') },
  {
    name: 'XADD MAXLEN',
    expected: 'refused',
    run: ({ redis, stream }) => redis.xadd(stream, 'MAXLEN', '~', 1_000_000_000, '*', 'event', '{}'),
  },
  { name: 'our append (EVALSHA)', expected: 'refused', run: append },
  { name: 'SET', expected: 'refused', run: ({ redis, stream }) => redis.set(`${stream}:probe`, '1') },
  {
    name: 'XGROUP CREATE',
    expected: 'refused',
    run: ({ redis, stream }) => redis.xgroup('CREATE', stream, 'probe', '0'),
  },
  {
    name: 'XGROUP CREATECONSUMER',
    expected: 'refused',
    run: ({ redis, stream, group }) => redis.xgroup('CREATECONSUMER', stream, group, 'probe'),
  },
  { name: 'PING', expected: 'works', run: ({ redis }) => redis.ping() },
  {
    name: 'XRANGE',
    expected: 'works',
    run: ({ redis, stream }) => redis.xrange(stream, '-', '+', 'COUNT', 1),
  },
  { name: 'XINFO GROUPS', expected: 'works', run: ({ redis, stream }) => redis.xinfo('GROUPS', stream) },
  { name: 'XPENDING', expected: 'works', run: ({ redis, stream, group }) => redis.xpending(stream, group) },
  { name: 'XREADGROUP', expected: 'works', run: ({ read }) => effect(read(1)) },
  {
    name: 'XAUTOCLAIM',
    expected: 'works',
    run: ({ redis, ...membership }) => claimIdle(redis, membership, 0, '-'),
  },
  {
    name: 'XCLAIM',
    expected: 'works',
    run: ({ redis, stream, group, consumer, showHeld }) =>
      redis.xclaim(stream, group, consumer, 0, showHeld()),
  },
  {
    name: 'our keeping of claims (EVAL)',
    expected: 'works',
    run: ({ redis, showHeld, ...membership }) => keepClaims(redis, membership, [showHeld()]),
  },
  {
    name: 'our note of an attempt (EVAL)',
    expected: 'works',
    run: ({ redis, showHeld, ...membership }) => beginAttempt(redis, membership, showHeld()),
  },
  {
    name: 'our creation of a group (EVAL)',
    expected: 'works',
    run: ({ redis, stream }) => ensureGroup(redis, { stream, group: 'probe', consumer: 'probe' }, null),
  },
  {
    name: 'XGROUP SETID',
    expected: 'works',
    run: ({ redis, stream }) => redis.xgroup('SETID', stream, 'probe', '0'),
  },
  {
    name: 'XGROUP DESTROY',
    expected: 'works',
    run: ({ redis, stream }) => redis.xgroup('DESTROY', stream, 'probe'),
  },
  {
    name: 'our move to the dead letters (EVAL)',
    expected: 'works',
    run: ({ redis, takeHeld, ...membership }) => moveToDeadLetters(redis, membership, [aFailure(takeHeld())]),
  },
  {
    name: 'XACK',
    expected: 'works',
    run: ({ redis, stream, group, takeHeld }) => effect(redis.xack(stream, group, takeHeld())),
  },
  {
    name: 'our acknowledgement (EVAL)',
    expected: 'works',
    run: ({ redis, takeHeld, ...membership }) => effect(acknowledgeAndCount(redis, membership, [takeHeld()])),
  },
  {
    name: 'our trim (EVAL)',
    expected: 'works',
    run: ({ redis, stream, settled }) =>
      effect(trimAndCount(redis, stream, { keepFrom: settled[40] ?? '', limit: 100 })),
  },
  {
    name: 'XTRIM',
    expected: 'works',
    run: ({ redis, stream, settled }) => effect(redis.xtrim(stream, 'MINID', '=', settled[60] ?? '')),
  },
  {
    name: 'XDEL',
    expected: 'works',
    run: ({ redis, stream, settled }) => effect(redis.xdel(stream, settled[80] ?? '')),
  },
  {
    name: 'DEL',
    expected: 'works',
    run: ({ redis, stream }) => effect(redis.del(deadLetterStream(stream))),
  },
  {
    name: 'XTRIM and XADD in one script',
    expected: 'works',
    run: ({ redis, stream, settled }) =>
      redis.eval(
        "redis.call('XTRIM', KEYS[1], 'MINID', ARGV[1]) return redis.call('XADD', KEYS[2], '*', 'event', '{}')",
        2,
        stream,
        `${stream}:probe`,
        settled[100] ?? '',
      ),
  },
]

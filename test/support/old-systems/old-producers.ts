import type { Redis } from 'ioredis'
import { type Happening, type OpHappening, revOf } from './happening.ts'

/** Writes happenings as an old system did: its commands, its fields, its JSON, its cursor. */
export type OldProducer = (redis: Redis, happenings: readonly Happening[]) => Promise<void>

/** One MULTI per batch: the entries, then the cursor, under the host with its scheme. */
const rsky: OldProducer = async (redis, happenings) => {
  const transaction = redis.multi()
  for (const event of happenings.flatMap(toRsky)) {
    transaction.xadd('firehose_live', '*', 'event', JSON.stringify(event))
  }
  transaction.set('firehose_live:cursor:https://relay.example', happenings.at(-1)?.seq ?? 0)
  await transaction.exec()
}

/** A pipeline of entries, then the cursor by itself, under the host without its scheme. */
const divy: OldProducer = async (redis, happenings) => {
  const pipeline = redis.pipeline()
  for (const event of happenings.flatMap(toDivy)) {
    pipeline.xadd('firehose_live', '*', 'event', JSON.stringify(event))
  }
  await pipeline.exec()
  await redis.set('firehose_live:cursor:relay.example', happenings.at(-1)?.seq ?? 0)
}

/** The cursor first, then one XADD per frame, trimmed by length. */
const publicappview: OldProducer = async (redis, happenings) => {
  for (const happening of happenings) {
    await redis.set('firehose:python_cursor', happening.seq)
    const { data, seq } = toPublicappview(happening)
    const values = ['type', happening.kind, 'data', JSON.stringify(data), 'seq', seq]
    await redis.xadd('firehose:events', 'MAXLEN', '~', 500_000, '*', ...values)
  }
}

/** Its own clock, capitals; an identity without a handle is dropped. */
function toRsky(happening: Happening): object[] {
  const { kind, seq, did } = happening
  const head = { type: kind, seq, time: '2025-10-31T15:25:54.123456789+00:00', did }
  switch (kind) {
    case 'account':
      return [{ ...head, active: happening.active, status: happening.active ? null : 'Deactivated' }]
    case 'identity':
      return happening.handle ? [{ ...head, handle: happening.handle }] : []
    case 'commit':
      return happening.ops.map((op) => toChange(head, op))
  }
}

function toDivy(happening: Happening): object[] {
  const { kind, seq, did } = happening
  const head = { type: kind, seq, time: '2025-10-31T15:25:54.123Z', did }
  switch (kind) {
    case 'account':
      return [{ ...head, active: happening.active, ...(happening.active ? {} : { status: 'deactivated' }) }]
    case 'identity':
      return [{ ...head, ...(happening.handle ? { handle: happening.handle } : {}) }]
    case 'commit':
      return happening.ops.map((op) => toChange(head, op))
  }
}

/** No sequence for an identity or an account; the DID where no handle is known. */
function toPublicappview(happening: Happening): { readonly data: object; readonly seq: string } {
  const { kind, seq, did } = happening
  switch (kind) {
    case 'account':
      return { data: { did, active: happening.active }, seq: '' }
    case 'identity':
      return { data: { did, handle: happening.handle ?? did }, seq: '' }
    case 'commit': {
      const ops = happening.ops.map(({ action, path, cid }) =>
        action === 'delete' ? { action, path } : { action, path, cid, record: toRecord(path, seq) },
      )
      return { data: { repo: did, ops }, seq: String(seq) }
    }
  }
}

function toChange(head: { readonly seq: number }, { action, path, cid }: OpHappening): object {
  const [collection, rkey] = path.split('/')
  const place = { ...head, type: action, commit: 'bafycommit', rev: revOf(head.seq), collection, rkey }
  return action === 'delete' ? place : { ...place, cid, record: toRecord(path, head.seq) }
}

function toRecord(path: string, seq: number): object {
  return { $type: path.split('/')[0], text: `text ${seq}` }
}

export const OLD_PRODUCERS = { divy, rsky, publicappview }

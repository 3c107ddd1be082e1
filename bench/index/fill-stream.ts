import type { Redis } from 'ioredis'
import { EVENT_FIELD, LIVE_STREAM, type RecordEvent } from '#pipeline/contract.ts'

const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz'
const PER_PIPELINE = 1_000

/** Adds creates of likes, some 560 bytes each, of many accounts; `from` makes those of one round new. */
export async function fillStream(redis: Redis, entries: number, from: number): Promise<void> {
  for (let at = 0; at < entries; at += PER_PIPELINE) {
    const pipeline = redis.pipeline()
    for (let number = at; number < Math.min(entries, at + PER_PIPELINE); number += 1) {
      pipeline.xadd(LIVE_STREAM, '*', EVENT_FIELD, JSON.stringify(aLike(from + number)))
    }
    await pipeline.exec()
  }
}

function aLike(number: number): RecordEvent {
  const tid = `3l${sortable(number).padStart(11, '2')}`
  const time = new Date().toISOString()
  return {
    type: 'create',
    seq: number,
    time,
    did: `did:plc:${sortable((number * 7_919) % 20_011).padStart(24, 'a')}`,
    commit: `bafyrei${tid.padStart(52, 'c')}`,
    rev: tid,
    collection: 'app.bsky.feed.like',
    rkey: tid,
    cid: `bafyrei${tid.padStart(52, 'r')}`,
    record: {
      $type: 'app.bsky.feed.like',
      subject: {
        cid: `bafyrei${tid.padStart(52, 's')}`,
        uri: `at://did:plc:${'b'.repeat(24)}/app.bsky.feed.post/${tid}`,
      },
      createdAt: time,
    },
  }
}

/** A number in the alphabet of TIDs, which sorts as text. */
function sortable(number: number): string {
  return Array.from(number.toString(32), (digit) => SORTABLE[Number.parseInt(digit, 32)]).join('')
}

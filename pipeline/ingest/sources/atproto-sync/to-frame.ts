import { decode } from '@atcute/cbor'
import type { Event } from '@atproto/sync'
import type { CollectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import type { EventText, SequencedFrame } from '#pipeline/ingest/frames/frame.ts'
import { isMap } from '#pipeline/ingest/frames/is-map.ts'

/** What the reference client told one by one and came as one frame. */
export function toFrame(events: readonly [Event, ...Event[]], isWanted: CollectionFilter): SequencedFrame {
  const [first] = events
  const wanted = events.filter((event) => !('collection' in event) || isWanted(event.collection))
  const texts = wanted.map(toText)
  const readable = texts.filter((text) => typeof text === 'object')
  return {
    kind:
      first.event === 'identity' || first.event === 'account' || first.event === 'sync'
        ? first.event
        : 'commit',
    seq: first.seq,
    time: first.time,
    events: readable.filter((text) => text !== null),
    filteredOps: events.length - wanted.length,
    tooBig: false,
    rejected: texts.includes('undecodable-record') ? 'undecodable-record' : null,
    did: first.did,
    claim: null,
  }
}

/** `null` for what becomes no event. */
function toText(event: Event): EventText | null | 'undecodable-record' {
  const { seq, time, did } = event
  switch (event.event) {
    case 'create':
    case 'update': {
      const { collection, rkey, rev } = event
      const record = readRecord(event.blocks.get(event.cid))
      if (record === null) return 'undecodable-record'
      const cids = { commit: String(event.commit), cid: String(event.cid) }
      const place = { did, commit: cids.commit, rev, collection, rkey }
      const text = JSON.stringify({ type: event.event, seq, time, ...place, cid: cids.cid, record })
      return { action: event.event, collection, text }
    }
    case 'delete': {
      const { collection, rkey, rev } = event
      const place = { did, commit: String(event.commit), rev, collection, rkey }
      return { action: 'delete', collection, text: JSON.stringify({ type: 'delete', seq, time, ...place }) }
    }
    case 'identity': {
      const handle = event.handle === undefined ? {} : { handle: event.handle }
      return { action: 'identity', text: JSON.stringify({ type: 'identity', seq, time, did, ...handle }) }
    }
    case 'account': {
      const status = event.status === undefined ? {} : { status: event.status }
      const { active } = event
      return {
        action: 'account',
        text: JSON.stringify({ type: 'account', seq, time, did, active, ...status }),
      }
    }
    case 'sync':
      return null
  }
}

/** As our own reading has it: the client's is another notation of links and bytes. */
function readRecord(block: Uint8Array | undefined): object | null {
  try {
    const record: unknown = block && decode(block)
    return isMap(record) ? record : null
  } catch {
    return null
  }
}

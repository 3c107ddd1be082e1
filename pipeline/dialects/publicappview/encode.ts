import type { DeleteEvent, RecordEvent, StreamEvent } from '#pipeline/contract.ts'

/** One entry for what one frame brought. An identity without a handle has `null` there, as its Python producer writes it. */
export function encodePublicappview(texts: readonly string[]): readonly string[] {
  const events = texts.map((text) => JSON.parse(text) as StreamEvent)
  const [first] = events
  switch (first?.type) {
    case 'identity':
      return entry('identity', first.seq, { did: first.did, handle: first.handle ?? null })
    case 'account':
      return entry('account', first.seq, { did: first.did, active: first.active })
    case 'create':
    case 'update':
    case 'delete': {
      const changes = events.filter((event) => 'collection' in event)
      return entry('commit', first.seq, { repo: first.did, ops: changes.map(toOp) })
    }
    case 'repo':
    case undefined:
      return []
  }
}

function entry(type: string, seq: number, data: object): readonly string[] {
  return [type, JSON.stringify(data), String(seq)]
}

function toOp(event: RecordEvent | DeleteEvent): object {
  const path = `${event.collection}/${event.rkey}`
  return event.type === 'delete'
    ? { action: event.type, path }
    : { action: event.type, path, cid: event.cid, record: event.record }
}

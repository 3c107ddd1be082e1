import type { Attempt } from './attempt.ts'

/** The nth attempt of a small network: ten accounts, only creates, every change with a revision of its own. */
export function anAttempt(seq: number, over: Partial<Attempt> = {}): Attempt {
  return {
    seq,
    did: `did:plc:account${seq % 10}`,
    rev: `3rev${String(seq).padStart(9, '0')}`,
    collection: 'app.bsky.feed.post',
    rkey: `record${seq}`,
    action: 'create',
    cid: `bafy${seq}`,
    time: '2026-01-01T00:00:00.000Z',
    ...over,
  }
}

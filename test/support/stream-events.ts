import type { AccountEvent, DeleteEvent, IdentityEvent, RecordEvent, RepoEvent } from '#pipeline/contract.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'

const DID = 'did:plc:alice'

/** The alphabet of TIDs: https://atproto.com/specs/tid */
const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz'

const common = { seq: 1, time: '2026-01-02T03:04:05.678Z', did: DID }
const commit = { ...common, commit: 'bafyreicommit', rev: '3lrev00000001', collection: 'app.bsky.feed.post' }

/** A create as the ingester writes it. */
export function aCreateEvent(with_: Partial<RecordEvent> = {}): RecordEvent {
  const record = { $type: 'app.bsky.feed.post', text: 'hello', createdAt: common.time }
  return { type: 'create', ...commit, rkey: '3krkey0000001', cid: 'bafyreirecord', record, ...with_ }
}

export function anUpdateEvent(with_: Partial<RecordEvent> = {}): RecordEvent {
  return aCreateEvent({ type: 'update', ...with_ })
}

export function aDeleteEvent(with_: Partial<DeleteEvent> = {}): DeleteEvent {
  return { type: 'delete', ...commit, rkey: '3krkey0000001', ...with_ }
}

export function anIdentityEvent(with_: Partial<IdentityEvent> = {}): IdentityEvent {
  return { type: 'identity', ...common, handle: 'alice.test', ...with_ }
}

export function anAccountEvent(with_: Partial<AccountEvent> = {}): AccountEvent {
  return { type: 'account', ...common, active: true, ...with_ }
}

/** The closing event of a snapshot, as the backfiller writes it. */
export function aRepoEvent(with_: Partial<RepoEvent> = {}): RepoEvent {
  const { collection: _, ...head } = commit
  return { type: 'repo', ...head, seq: -1, collections: ['app.bsky.*'], records: 0, ...with_ }
}

/** A rev like any other, a TID; a higher number is a later one. */
export function aRev(number: number): string {
  const digits = Array.from(number.toString(32), (digit) => SORTABLE[Number.parseInt(digit, 32)])
  return `3l${digits.join('').padStart(11, '2')}`
}

/** What a labeler said. */
export function aLabelEvent(with_: Partial<LabelEvent['label']> = {}): LabelEvent {
  const subject = { src: 'did:plc:labeler', uri: `at://${DID}/app.bsky.feed.post/1`, val: 'spam' }
  return { type: 'label', label: { ...subject, cts: common.time, ...with_ } }
}

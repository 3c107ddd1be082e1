import { decode, decodeFirst } from '@atcute/cbor'
import type { CollectionFilter } from './collection-filter.ts'
import type { Frame, Notice, SequencedFrame } from './frame.ts'
import { FRAME_LIMITS } from './frame-limits.ts'
import { isMap } from './is-map.ts'
import { isSequence } from './is-sequence.ts'
import { type CommitDemands, readCommit } from './read-commit.ts'

type SequencedKind = Exclude<SequencedFrame['kind'], 'labels'>

const KINDS = new Map<string, SequencedKind | 'info'>([
  ['#commit', 'commit'],
  ['#identity', 'identity'],
  ['#account', 'account'],
  ['#sync', 'sync'],
  ['#info', 'info'],
])

/**
 * Reads one message of `com.atproto.sync.subscribeRepos`. Never throws: what cannot be read says why. Looks
 * at the header first, at the ops before the blocks, and hashes only blocks that become events, or none.
 * https://atproto.com/specs/event-stream#framing
 */
export function readFrame(
  bytes: Uint8Array,
  isWanted: CollectionFilter,
  checksCids = true,
  mostRecordBytes = FRAME_LIMITS.record,
): Frame {
  try {
    const [header, rest] = decodeFirst(bytes) as [unknown, Uint8Array]
    if (!isMap(header)) return { kind: 'unreadable', rejected: 'undecodable-frame' }
    if (header['op'] === -1) return readNotice('error', decode(rest), 'error')
    const type = header['t']
    if (header['op'] !== 1 || typeof type !== 'string') return { kind: 'unknown', type: String(type) }
    const kind = KINDS.get(type)
    if (kind === undefined) return { kind: 'unknown', type }
    const body: unknown = decode(rest)
    return kind === 'info'
      ? readNotice('info', body, 'name')
      : readBody(kind, body, { isWanted, checksCids, mostRecordBytes })
  } catch {
    return { kind: 'unreadable', rejected: 'undecodable-frame' }
  }
}

function readNotice(kind: Notice['kind'], body: unknown, nameField: string): Notice {
  const fields = isMap(body) ? body : {}
  return { kind, name: textOr(fields[nameField], 'unnamed'), message: textOr(fields['message'], '') }
}

function readBody(kind: SequencedKind, body: unknown, demands: CommitDemands): Frame {
  if (!isMap(body) || !isSequence(body['seq'])) return { kind: 'unreadable', rejected: 'malformed-body' }
  const seq = body['seq']
  const time = textOr(body['time'], '')
  const nothing = {
    kind,
    seq,
    time,
    events: [],
    filteredOps: 0,
    tooBig: false,
    rejected: null,
    did: textOr(body['did'], ''),
    claim: null,
  } as const
  switch (kind) {
    case 'commit':
      return readCommit(body, seq, time, demands)
    case 'identity':
    case 'account': {
      const text = kind === 'identity' ? identityText(body, seq, time) : accountText(body, seq, time)
      if (text === null) return { ...nothing, rejected: 'malformed-body' }
      return { ...nothing, events: [{ action: kind, text }] }
    }
    case 'sync':
      return nothing
  }
}

function identityText(body: Readonly<Record<string, unknown>>, seq: number, time: string): string | null {
  const { did, handle } = body
  if (typeof did !== 'string') return null
  return JSON.stringify({
    type: 'identity',
    seq,
    time,
    did,
    ...(typeof handle === 'string' ? { handle } : {}),
  })
}

function accountText(body: Readonly<Record<string, unknown>>, seq: number, time: string): string | null {
  const { did, active, status } = body
  if (typeof did !== 'string' || typeof active !== 'boolean') return null
  return JSON.stringify({
    type: 'account',
    seq,
    time,
    did,
    active,
    ...(typeof status === 'string' ? { status } : {}),
  })
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback
}

import { decode, decodeFirst } from '@atcute/cbor'
import { readLabel } from '#pipeline/dialects/read-label.ts'
import type { EventText, Frame, SequencedFrame } from './frame.ts'
import { isMap } from './is-map.ts'
import { isSequence } from './is-sequence.ts'
import { readFrame } from './read-frame.ts'

/**
 * Reads one message of `com.atproto.label.subscribeLabels`. Never throws: what cannot be read says why. A label
 * that is none rejects itself, not its neighbours. https://atproto.com/specs/label#labeler-service-endpoints
 */
export function readLabelsFrame(bytes: Uint8Array): Frame {
  try {
    const [header, rest] = decodeFirst(bytes) as [unknown, Uint8Array]
    if (!isMap(header) || header['t'] !== '#labels') return readFrame(bytes, () => false)
    const body: unknown = decode(rest)
    if (!isMap(body) || !isSequence(body['seq']) || !Array.isArray(body['labels'])) {
      return { kind: 'unreadable', rejected: 'malformed-body' }
    }
    return toFrame(body['seq'], body['labels'])
  } catch {
    return { kind: 'unreadable', rejected: 'undecodable-frame' }
  }
}

function toFrame(seq: number, values: readonly unknown[]): SequencedFrame {
  const labels = values.map(readLabel)
  const events = labels.flatMap((label): EventText[] =>
    'reason' in label ? [] : [{ action: 'label', text: JSON.stringify(label) }],
  )
  const times = labels.flatMap((label) => ('reason' in label ? [] : [label.cts]))
  const rejected = events.length === values.length ? null : 'malformed-op'
  const time = times.at(-1) ?? ''
  return { kind: 'labels', seq, time, events, filteredOps: 0, tooBig: false, rejected, did: '', claim: null }
}

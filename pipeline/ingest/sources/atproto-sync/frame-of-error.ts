import { FirehoseParseError, FirehoseSubscriptionError, FirehoseValidationError } from '@atproto/sync'
import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import { isSequence } from '#pipeline/ingest/frames/is-sequence.ts'
import type { RejectReason } from '#pipeline/ingest/frames/reject-reason.ts'

/** What an error of the reference client says of what the relay sent. */
export interface ToldError {
  /** `null` when it was no frame. */
  readonly frame: Frame | null
  /** What is kept of the frame: the client does not hand out its bytes. */
  readonly evidence: Buffer
  /** Why the connection ended; `null` when it did not. */
  readonly ending: string | null
}

export function frameOfError(error: Error): ToldError {
  if (error instanceof FirehoseParseError) return rejected(error.event, reasonOf(error.cause))
  if (error instanceof FirehoseValidationError) return rejected(error.value, 'malformed-body')
  const cause = error instanceof FirehoseSubscriptionError ? error.cause : error
  return {
    frame: noticeOf(cause),
    evidence: Buffer.alloc(0),
    ending: String((cause as Error)?.message ?? cause),
  }
}

function rejected(body: unknown, reason: RejectReason): ToldError {
  const { seq, time, did, repo, $type } = (body ?? {}) as Readonly<Record<string, unknown>>
  const evidence = Buffer.from(JSON.stringify({ $type, seq, time, did: did ?? repo }))
  if (!isSequence(seq)) return { frame: { kind: 'unreadable', rejected: reason }, evidence, ending: null }
  const nothing = { events: [], filteredOps: 0, tooBig: false, claim: null } as const
  const at = { seq, time: typeof time === 'string' ? time : '', did: '' }
  return { frame: { kind: 'commit', ...at, ...nothing, rejected: reason }, evidence, ending: null }
}

/** The client's own words for what it found. */
function reasonOf(cause: unknown): RejectReason {
  const says = String((cause as Error)?.message ?? '')
  if (/signing key/i.test(says)) return 'unknown-key'
  if (/signature/i.test(says)) return 'invalid-signature'
  return /cid/i.test(says) ? 'cid-mismatch' : 'undecodable-blocks'
}

/** An error frame of the relay comes as an error with its name. */
function noticeOf(cause: unknown): Frame | null {
  if (!(cause instanceof Error) || !('error' in cause) || typeof cause.error !== 'string') return null
  return { kind: 'error', name: cause.error, message: cause.message }
}

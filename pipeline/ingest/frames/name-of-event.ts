import type { SequencedFrame } from './frame.ts'

/**
 * What tells the events of a frame apart from all others, whichever relay says them; `null` when there are none, or not
 * all of them were read, so that the frame cannot stand for another one. A commit is known by its account and rev. An
 * identity or an account changes without one: it is the same when all of it is but the relay's sequence.
 */
export function nameOfEvent({ kind, events, claim, rejected, tooBig }: SequencedFrame): string | null {
  if (rejected !== null || tooBig) return null
  const [event] = events
  if (event === undefined) return null
  if (kind === 'commit') return claim && `${claim.did} ${claim.rev}`
  return kind === 'identity' || kind === 'account' ? event.text.replace(/"seq":\d+,/, '') : null
}

import type { RepoFailureReason } from './repo-failure.ts'

/**
 * Why an entry went to the dead-letter stream. `no-event-field`: the entry lacks the one field we read.
 * `not-json`: its text does not parse. `unknown-event`: a type we do not know. `malformed-event`: a known type
 * with a field missing or wrong. `refused-by-sink`: the sink cannot store it, however often it is tried.
 * `crash-loop`: the process died again and again while it worked on this entry alone.
 */
export const DEAD_LETTER_REASONS = [
  'no-event-field',
  'not-json',
  'unknown-event',
  'malformed-event',
  'refused-by-sink',
  'crash-loop',
] as const

/** Of an entry of events, or of a repo that could not be fetched. */
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number] | RepoFailureReason

/** Fields of a dead letter besides the entry's own; `attempts` counts failures, never deliveries. */
export const DEAD_LETTER_FIELDS = [
  'reason',
  'error',
  'attempts',
  /** ISO 8601. */
  'first-failed-at',
  'last-failed-at',
  'stream',
  'id',
  'group',
  'consumer',
] as const

/** The entry's own fields follow, byte for byte, each name behind this prefix. */
export const ORIGINAL_FIELD_PREFIX = 'field:'

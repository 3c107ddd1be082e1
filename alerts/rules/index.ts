import type { Alert } from '#alerts/alert.ts'
import exporterStreamCheckMissing from './exporter-stream-check-missing.ts'
import groupHasNoConsumers from './group-has-no-consumers.ts'
import ingestCursorAhead from './ingest-cursor-ahead.ts'
import ledgerUnbalanced from './ledger-unbalanced.ts'
import redisAofWriteFailing from './redis-aof-write-failing.ts'
import redisDown from './redis-down.ts'
import redisEvictionPolicyUnsafe from './redis-eviction-policy-unsafe.ts'
import redisWritesRejected from './redis-writes-rejected.ts'
import streamCursorAhead from './stream-cursor-ahead.ts'
import streamFallingBehind from './stream-falling-behind.ts'
import streamGapOpen from './stream-gap-open.ts'
import streamIngestStalled from './stream-ingest-stalled.ts'
import streamMissing from './stream-missing.ts'
import streamPendingIdle from './stream-pending-idle.ts'
import streamUnreadTrimmed from './stream-unread-trimmed.ts'
import streamWillFill from './stream-will-fill.ts'
import targetDown from './target-down.ts'

/** Every symptom that pages somebody. Written by `standpipe docs --write` from the files of this folder. */
export const alerts: readonly Alert[] = [
  exporterStreamCheckMissing,
  groupHasNoConsumers,
  ingestCursorAhead,
  ledgerUnbalanced,
  redisAofWriteFailing,
  redisDown,
  redisEvictionPolicyUnsafe,
  redisWritesRejected,
  streamCursorAhead,
  streamFallingBehind,
  streamGapOpen,
  streamIngestStalled,
  streamMissing,
  streamPendingIdle,
  streamUnreadTrimmed,
  streamWillFill,
  targetDown,
]

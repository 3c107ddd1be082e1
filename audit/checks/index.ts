import type { Check } from '#audit/check.ts'
import aofRewrite from './aof-rewrite.ts'
import appendFsync from './append-fsync.ts'
import appendOnlyFile from './append-only-file.ts'
import clientOutputBuffer from './client-output-buffer.ts'
import cursorAheadOfStream from './cursor-ahead-of-stream.ts'
import cursorBehindTrim from './cursor-behind-trim.ts'
import deadConsumer from './dead-consumer.ts'
import deadLetterBacklog from './dead-letter-backlog.ts'
import diskHeadroom from './disk-headroom.ts'
import evictionPolicy from './eviction-policy.ts'
import groupWithoutConsumers from './group-without-consumers.ts'
import idsFromTheFuture from './ids-from-the-future.ts'
import lagKnown from './lag-known.ts'
import maxMemory from './max-memory.ts'
import maxclients from './maxclients.ts'
import memoryHeadroom from './memory-headroom.ts'
import noAppendfsyncOnRewrite from './no-appendfsync-on-rewrite.ts'
import oldestPending from './oldest-pending.ts'
import overcommitMemory from './overcommit-memory.ts'
import phantomPending from './phantom-pending.ts'
import rdbSaveCoupling from './rdb-save-coupling.ts'
import serverVersion from './server-version.ts'
import streamNodeSize from './stream-node-size.ts'
import tcpKeepalive from './tcp-keepalive.ts'
import transparentHugePages from './transparent-huge-pages.ts'
import unreadTrimmed from './unread-trimmed.ts'

/** Every question that the audit asks. Written by `standpipe docs --write` from the files of this folder. */
export const checks: readonly Check[] = [
  aofRewrite,
  appendFsync,
  appendOnlyFile,
  clientOutputBuffer,
  cursorAheadOfStream,
  cursorBehindTrim,
  deadConsumer,
  deadLetterBacklog,
  diskHeadroom,
  evictionPolicy,
  groupWithoutConsumers,
  idsFromTheFuture,
  lagKnown,
  maxMemory,
  maxclients,
  memoryHeadroom,
  noAppendfsyncOnRewrite,
  oldestPending,
  overcommitMemory,
  phantomPending,
  rdbSaveCoupling,
  serverVersion,
  streamNodeSize,
  tcpKeepalive,
  transparentHugePages,
  unreadTrimmed,
]

import type { Check } from '#audit/check.ts'
import abandonedGroup from './abandoned-group.ts'
import ackedNotDeleted from './acked-not-deleted.ts'
import acknowledgementsStalled from './acknowledgements-stalled.ts'
import aofCorruptTail from './aof-corrupt-tail.ts'
import aofLoadTruncated from './aof-load-truncated.ts'
import aofRewrite from './aof-rewrite.ts'
import aofTimestamps from './aof-timestamps.ts'
import appendFsync from './append-fsync.ts'
import appendOnlyFile from './append-only-file.ts'
import claimedUnprocessed from './claimed-unprocessed.ts'
import clientOutputBuffer from './client-output-buffer.ts'
import clockOffset from './clock-offset.ts'
import clockSource from './clock-source.ts'
import clusterNodes from './cluster-nodes.ts'
import clusterSlots from './cluster-slots.ts'
import configDrift from './config-drift.ts'
import consumerNameCollision from './consumer-name-collision.ts'
import cursorAheadOfStream from './cursor-ahead-of-stream.ts'
import cursorAndDataTogether from './cursor-and-data-together.ts'
import cursorBehindTrim from './cursor-behind-trim.ts'
import cursorRewound from './cursor-rewound.ts'
import cursorStalled from './cursor-stalled.ts'
import dangerousCommands from './dangerous-commands.ts'
import deadConsumer from './dead-consumer.ts'
import deadLetterBacklog from './dead-letter-backlog.ts'
import declaredSettings from './declared-settings.ts'
import deletedEntries from './deleted-entries.ts'
import diskHeadroom from './disk-headroom.ts'
import evictionPolicy from './eviction-policy.ts'
import expectedConsumers from './expected-consumers.ts'
import expectedGroups from './expected-groups.ts'
import expectedStreams from './expected-streams.ts'
import fileSystem from './file-system.ts'
import foreignKeys from './foreign-keys.ts'
import groupStatus from './group-status.ts'
import groupWithoutConsumers from './group-without-consumers.ts'
import idleConsumers from './idle-consumers.ts'
import idsFromTheFuture from './ids-from-the-future.ts'
import ingestStalled from './ingest-stalled.ts'
import lagKnown from './lag-known.ts'
import latencyMonitor from './latency-monitor.ts'
import listenBacklog from './listen-backlog.ts'
import listingTail from './listing-tail.ts'
import maxMemory from './max-memory.ts'
import maxclients from './maxclients.ts'
import memoryHeadroom from './memory-headroom.ts'
import networkExposure from './network-exposure.ts'
import noAppendfsyncOnRewrite from './no-appendfsync-on-rewrite.ts'
import oldestPending from './oldest-pending.ts'
import openFiles from './open-files.ts'
import overcommitMemory from './overcommit-memory.ts'
import pendingHoarder from './pending-hoarder.ts'
import pendingMemory from './pending-memory.ts'
import phantomPending from './phantom-pending.ts'
import poisonEntries from './poison-entries.ts'
import rdbSaveCoupling from './rdb-save-coupling.ts'
import readBatching from './read-batching.ts'
import refusedWrites from './refused-writes.ts'
import relayWindow from './relay-window.ts'
import replicaSafety from './replica-safety.ts'
import replicationBacklog from './replication-backlog.ts'
import retentionHorizon from './retention-horizon.ts'
import sentinelQuorum from './sentinel-quorum.ts'
import sequenceGaps from './sequence-gaps.ts'
import serverRole from './server-role.ts'
import serverVersion from './server-version.ts'
import slowClient from './slow-client.ts'
import slowLog from './slow-log.ts'
import streamExpiry from './stream-expiry.ts'
import streamNodeSize from './stream-node-size.ts'
import streamRecreated from './stream-recreated.ts'
import streamSparsity from './stream-sparsity.ts'
import swap from './swap.ts'
import tcpKeepalive from './tcp-keepalive.ts'
import timeToFull from './time-to-full.ts'
import transparentHugePages from './transparent-huge-pages.ts'
import trimBudget from './trim-budget.ts'
import unreadTrimmed from './unread-trimmed.ts'
import unsafeTrimming from './unsafe-trimming.ts'

/** Every question that the audit asks. Written by `standpipe docs --write` from the files of this folder. */
export const checks: readonly Check[] = [
  abandonedGroup,
  ackedNotDeleted,
  acknowledgementsStalled,
  aofCorruptTail,
  aofLoadTruncated,
  aofRewrite,
  aofTimestamps,
  appendFsync,
  appendOnlyFile,
  claimedUnprocessed,
  clientOutputBuffer,
  clockOffset,
  clockSource,
  clusterNodes,
  clusterSlots,
  configDrift,
  consumerNameCollision,
  cursorAheadOfStream,
  cursorAndDataTogether,
  cursorBehindTrim,
  cursorRewound,
  cursorStalled,
  dangerousCommands,
  deadConsumer,
  deadLetterBacklog,
  declaredSettings,
  deletedEntries,
  diskHeadroom,
  evictionPolicy,
  expectedConsumers,
  expectedGroups,
  expectedStreams,
  fileSystem,
  foreignKeys,
  groupStatus,
  groupWithoutConsumers,
  idleConsumers,
  idsFromTheFuture,
  ingestStalled,
  lagKnown,
  latencyMonitor,
  listenBacklog,
  listingTail,
  maxMemory,
  maxclients,
  memoryHeadroom,
  networkExposure,
  noAppendfsyncOnRewrite,
  oldestPending,
  openFiles,
  overcommitMemory,
  pendingHoarder,
  pendingMemory,
  phantomPending,
  poisonEntries,
  rdbSaveCoupling,
  readBatching,
  refusedWrites,
  relayWindow,
  replicaSafety,
  replicationBacklog,
  retentionHorizon,
  sentinelQuorum,
  sequenceGaps,
  serverRole,
  serverVersion,
  slowClient,
  slowLog,
  streamExpiry,
  streamNodeSize,
  streamRecreated,
  streamSparsity,
  swap,
  tcpKeepalive,
  timeToFull,
  transparentHugePages,
  trimBudget,
  unreadTrimmed,
  unsafeTrimming,
]

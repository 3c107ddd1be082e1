import type { Check } from '#audit/check.ts'
import aofRewrite from './aof-rewrite.ts'
import appendFsync from './append-fsync.ts'
import appendOnlyFile from './append-only-file.ts'
import clientOutputBuffer from './client-output-buffer.ts'
import diskHeadroom from './disk-headroom.ts'
import evictionPolicy from './eviction-policy.ts'
import maxMemory from './max-memory.ts'
import maxclients from './maxclients.ts'
import memoryHeadroom from './memory-headroom.ts'
import noAppendfsyncOnRewrite from './no-appendfsync-on-rewrite.ts'
import overcommitMemory from './overcommit-memory.ts'
import rdbSaveCoupling from './rdb-save-coupling.ts'
import serverVersion from './server-version.ts'
import streamNodeSize from './stream-node-size.ts'
import tcpKeepalive from './tcp-keepalive.ts'
import transparentHugePages from './transparent-huge-pages.ts'

/** Every question that the audit asks. Written by `standpipe docs --write` from the files of this folder. */
export const checks: readonly Check[] = [
  aofRewrite,
  appendFsync,
  appendOnlyFile,
  clientOutputBuffer,
  diskHeadroom,
  evictionPolicy,
  maxMemory,
  maxclients,
  memoryHeadroom,
  noAppendfsyncOnRewrite,
  overcommitMemory,
  rdbSaveCoupling,
  serverVersion,
  streamNodeSize,
  tcpKeepalive,
  transparentHugePages,
]

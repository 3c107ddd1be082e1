import type { EvidenceName } from './evidence.ts'

/** What is sent, or read, for the evidence of each name. None of it is O(entries) or O(pending). */
export const EVIDENCE_COMMANDS: Readonly<Record<EvidenceName, string>> = {
  server: '`INFO everything`',
  settings: '`CONFIG GET <name>` by name; `INFO` where CONFIG is refused',
  memory:
    '`total_system_memory` of `INFO`; the memory limit of the cgroup where the server runs on this host',
  host: '`/proc` and `/sys` of this host, once the server is proven to run on it',
  disk: '`statfs` of the folder of the server, once it is proven to run on this host',
  'config-file': 'the file that `config_file` of `INFO` names, once the server is proven to run on this host',
  manifest: '`standpipe.yaml`',
  time: '`TIME`, and our own clock',
  clients: '`CLIENT LIST`, for up to 500 connections',
  access: '`ACL GETUSER default`, `ACL DRYRUN` for up to 10 connected users',
  cluster: '`CLUSTER KEYSLOT` of the keys of a stream',
  nodes: '`CLUSTER NODES`, in a cluster',
  sentinel: '`SENTINEL MASTER`, `SENTINEL CKQUORUM` of the Sentinel that named the primary',
  streams: '`XINFO STREAM`, `XINFO GROUPS`, `PTTL` of each stream',
  groups: '`XINFO CONSUMERS`, `XPENDING`, `XPENDING - + 100` of each group',
  newest: '`XREVRANGE + - COUNT 50` of each stream',
  footprints: '`MEMORY USAGE SAMPLES 5` of each stream',
  cursors: '`SCAN 0 COUNT 1000` once, `GET` of each cursor',
  window: 'server, streams and groups, again and again during `--watch`',
}

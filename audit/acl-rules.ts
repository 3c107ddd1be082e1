import { FOREIGN_CURSORS } from './gather/cursors.ts'

/** A command that the audit sends, and what it is blind to without it. */
export interface NeededCommand {
  readonly rule: string
  readonly shows: string
}

/** Every command of the audit. None of them writes. */
export const NEEDED_COMMANDS: readonly NeededCommand[] = [
  { rule: '+ping', shows: 'whether the server answers' },
  { rule: '+select', shows: 'a database other than 0' },
  { rule: '+client|setname', shows: 'to others, who is connected' },
  { rule: '+info', shows: 'the server, its memory, its files, its counters' },
  { rule: '+config|get', shows: 'the running configuration; without it, what INFO tells' },
  { rule: '+time', shows: 'the clock' },
  { rule: '+xinfo', shows: 'streams, groups, consumers' },
  { rule: '+xpending', shows: 'what is pending, and for how long' },
  { rule: '+xrevrange', shows: 'the newest entries: holes, sizes, the age of the cursor' },
  { rule: '+pttl', shows: 'whether a stream expires' },
  { rule: '+memory|usage', shows: 'the memory that a stream takes' },
  { rule: '+scan', shows: 'which cursors there are; one call' },
  { rule: '+get', shows: 'the cursors' },
  { rule: '+client|list', shows: 'who is connected, who reads slowly, who shares a name' },
  { rule: '+acl|getuser', shows: 'whether the default user needs a password' },
  { rule: '+acl|dryrun', shows: 'who may delete the buffer' },
  { rule: '+cluster|nodes', shows: 'the nodes of a cluster, to audit each primary' },
  { rule: '+cluster|keyslot', shows: 'whether a stream lies in one slot with its cursor' },
]

/** The rules under which the audit sees everything and can change nothing, as ACL SETUSER takes them (Redis 7.0). */
export function aclRules(streams: readonly string[]): string[] {
  const keys = streams.map((stream) => `%R~${stream.replaceAll(/[[\]*?\\]/g, '\\$&')}*`)
  const foreign = streams.some((stream) => stream.startsWith('firehose:')) ? FOREIGN_CURSORS : []
  return [
    'resetkeys',
    ...new Set([...keys, ...foreign.map((key) => `%R~${key}`)]),
    '-@all',
    ...NEEDED_COMMANDS.map(({ rule }) => rule),
  ]
}

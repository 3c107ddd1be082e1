import { EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { BaselineCommand } from './baseline-command.ts'
import { clientCursor } from './scene.ts'

const APPENDED = 100
const READ = 10
const TRIMMED = 100

/** In the order in which they are measured in a scene: those that use it up come last. */
export const BASELINE_COMMANDS: readonly BaselineCommand[] = [
  {
    id: 'SET',
    on: ['empty'],
    entriesPerCall: 1,
    begin: ({ keys, value }, redis, client) => {
      let at = client
      return async () => (await redis.set(keys[at++ % keys.length] ?? '', value)) === 'OK'
    },
  },
  {
    id: 'GET',
    on: ['empty'],
    entriesPerCall: 1,
    begin: ({ keys }, redis, client) => {
      let at = client
      return async () => (await redis.get(keys[at++ % keys.length] ?? '')) !== null
    },
  },
  {
    id: 'XREADGROUP',
    on: ['deep', 'pending'],
    entriesPerCall: READ,
    supply: ({ depth, pending }) => depth - pending,
    begin: ({ stream, group }, redis, client) => {
      const from = ['STREAMS', stream, '>'] as const
      return async () =>
        (await redis.xreadgroup('GROUP', group, `consumer-${client}`, 'COUNT', READ, ...from)) !== null
    },
  },
  {
    id: 'XAUTOCLAIM',
    on: ['pending'],
    entriesPerCall: READ,
    begin: ({ stream, group }, redis, client) => {
      let next = '0-0'
      return async () => {
        const consumer = `consumer-${client}`
        const reply = (await redis.xautoclaim(stream, group, consumer, 0, next, 'COUNT', READ)) as [string]
        next = reply[0]
        return true
      }
    },
  },
  {
    id: 'XACK',
    on: ['pending'],
    entriesPerCall: READ,
    supply: ({ pendingIds }) => pendingIds.length,
    begin:
      ({ stream, group, pendingIds }, redis) =>
      async () => {
        const ids = pendingIds.splice(-READ)
        return ids.length > 0 && (await redis.xack(stream, group, ...ids)) > 0
      },
  },
  {
    id: 'XADD',
    on: ['empty', 'deep'],
    entriesPerCall: 1,
    begin:
      ({ stream, value }, redis) =>
      async () =>
        (await redis.xadd(stream, '*', EVENT_FIELD, value)) !== null,
  },
  {
    id: 'append',
    on: ['empty', 'deep'],
    entriesPerCall: APPENDED,
    begin: ({ stream, value }, redis, client) => {
      const cursor = clientCursor(stream, client)
      const append = createAppend(redis, { stream, cursor, highWater: Number.MAX_SAFE_INTEGER })
      const values = [value]
      let after: number | null = null
      return async () => {
        const first: number = after === null ? Date.now() * 1_000 : after + 1
        const commits = Array.from({ length: APPENDED }, (_, index) => ({ seq: first + index, values }))
        const upTo = first + APPENDED - 1
        const reply = await append({ fields: [EVENT_FIELD], commits, after, upTo })
        after = upTo
        return reply.outcome === 'appended' && reply.added === APPENDED
      }
    },
  },
  {
    id: 'XTRIM',
    on: ['deep'],
    entriesPerCall: TRIMMED,
    supply: ({ depth }) => depth,
    begin: (scene, redis) => async () => {
      scene.trimTo -= TRIMMED
      return (await redis.xtrim(scene.stream, 'MAXLEN', '~', scene.trimTo, 'LIMIT', 2 * TRIMMED)) >= 0
    },
  },
]

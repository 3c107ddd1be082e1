import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { type FrameType, messageFrame } from './frame.ts'
import { type FrameSource, frameSource, type RelayFrame } from './frame-source.ts'
import { inDefaultCollections } from './in-default-collections.ts'
import type { JournalEvent } from './journal-event.ts'

/** Bodies are lexicon JSON: `{"$bytes": base64}` and `{"$link": cid}` encode to bytes and links. */
const BODY = z.record(z.string(), z.unknown())

const CAPTURE = z.object({
  messages: z.array(
    z.object({
      frame: z.object({
        header: z.object({
          op: z.literal(1),
          t: z.enum(['#commit', '#identity', '#account', '#sync', '#info']),
        }),
        body: BODY,
      }),
    }),
  ),
})

const LONE_COMMIT = BODY.refine((body) => 'ops' in body && 'blocks' in body)

const EVENTS_OF_COMMIT = z.object({
  repo: z.string(),
  rev: z.string(),
  ops: z.array(
    z.object({
      action: z.enum(['create', 'update', 'delete']),
      path: z.string(),
      cid: z.object({ $link: z.string() }).nullable(),
    }),
  ),
})

/**
 * Captured messages, either `{messages: [{frame: {header, body}}]}` or the body of one #commit, as frames in the
 * order of the file. A message without a `seq` gets the one after its predecessor's. Throws `DependencyError` when
 * the file cannot be read, `UsageError` when it holds neither.
 */
export async function readReplayFile(path: string): Promise<FrameSource> {
  const messages = messagesIn(await readJson(path), path)
  let seq = 0
  return frameSource(
    messages.map(({ type, body }): RelayFrame => {
      seq = typeof body['seq'] === 'number' ? body['seq'] : seq + 1
      const whole = type === '#info' ? body : { ...body, seq }
      return { seq, bytes: messageFrame(type, whole), events: eventsIn(type, whole, seq) }
    }),
  )
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new DependencyError(`cannot read "${path}": ${error.message}`, { cause: error })
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`"${path}" is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function messagesIn(content: unknown, path: string): { type: FrameType; body: z.infer<typeof BODY> }[] {
  const capture = CAPTURE.safeParse(content)
  if (capture.success) {
    return capture.data.messages.map(({ frame }) => ({ type: frame.header.t, body: frame.body }))
  }
  const commit = LONE_COMMIT.safeParse(content)
  if (commit.success) return [{ type: '#commit', body: commit.data }]
  throw new UsageError(`"${path}" holds neither captured messages nor the body of a #commit`)
}

function eventsIn(type: FrameType, body: z.infer<typeof BODY>, seq: number): JournalEvent[] {
  const time = String(body['time'])
  if (type === '#identity' || type === '#account') {
    return [{ seq, did: String(body['did']), action: type === '#identity' ? 'identity' : 'account', time }]
  }
  if (type !== '#commit') return []
  const { repo, rev, ops } = EVENTS_OF_COMMIT.parse(body)
  return ops.map(({ action, path, cid }): JournalEvent => {
    const [collection = '', rkey = ''] = path.split('/')
    const filtered = inDefaultCollections(collection) ? {} : { filtered: true as const }
    const common = { seq, did: repo, rev, collection, rkey, time, ...filtered }
    return action === 'delete' ? { ...common, action } : { ...common, action, cid: cid?.$link ?? '' }
  })
}

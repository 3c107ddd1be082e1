import { z } from 'zod'
import type { FrameType } from './frame.ts'
import { inDefaultCollections } from './in-default-collections.ts'
import type { JournalEvent } from './journal-event.ts'

const COMMIT = z.object({
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

/** The events that a message carries, from its body as lexicon JSON or as decoded CBOR. */
export function eventsOfMessage(
  type: FrameType,
  body: Readonly<Record<string, unknown>>,
  seq: number,
): JournalEvent[] {
  const time = String(body['time'])
  if (type === '#identity' || type === '#account') {
    return [{ seq, did: String(body['did']), action: type === '#identity' ? 'identity' : 'account', time }]
  }
  if (type !== '#commit') return []
  const { repo, rev, ops } = COMMIT.parse(body)
  return ops.map(({ action, path, cid }): JournalEvent => {
    const [collection = '', rkey = ''] = path.split('/')
    const filtered = inDefaultCollections(collection) ? {} : { filtered: true as const }
    const common = { seq, did: repo, rev, collection, rkey, time, ...filtered }
    return action === 'delete' ? { ...common, action } : { ...common, action, cid: cid?.$link ?? '' }
  })
}

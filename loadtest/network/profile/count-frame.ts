import { fromUint8Array } from '@atcute/car'
import { type Bytes, type CidLink, decode, decodeFirst, fromBytes } from '@atcute/cbor'
import { toString } from '@atcute/cid'
import { type RelayFrame, streamEventsIn } from '../frame-source.ts'
import { countPost } from './count-post.ts'
import { kindOf } from './kind-of.ts'
import type { Sample } from './sample.ts'

interface Body {
  readonly time?: string
  readonly handle?: string
  readonly active?: boolean
  readonly status?: string
  readonly repo?: string
  readonly blocks?: Bytes
  readonly ops?: readonly { readonly action: string; readonly path: string; readonly cid: CidLink | null }[]
}

/** Adds one frame to a sample. */
export function countFrame(sample: Sample, frame: RelayFrame): void {
  const [header, rest] = decodeFirst(frame.bytes) as [{ t: string }, Uint8Array]
  const [body] = decodeFirst(rest) as [Body, Uint8Array]
  sample.messages += 1
  sample.streamEvents += streamEventsIn(frame)
  countTime(sample, body)
  if (header.t === '#commit') countCommit(sample, body)
  else if (header.t === '#identity') {
    sample.identities += 1
    if (body.handle !== undefined) sample.identitiesWithHandle += 1
  } else if (header.t === '#sync') sample.syncs += 1
  else if (header.t === '#account') countAccount(sample, body)
}

function countTime(sample: Sample, { time }: Body): void {
  const at = time === undefined ? Number.NaN : Date.parse(time)
  if (Number.isNaN(at)) return
  sample.firstAt = Math.min(sample.firstAt ?? at, at)
  sample.lastAt = Math.max(sample.lastAt ?? at, at)
}

function countAccount(sample: Sample, { active, status }: Body): void {
  sample.accounts += 1
  if (active !== false) return
  sample.departures += 1
  if (status === 'takendown') sample.takedowns += 1
}

function countCommit(sample: Sample, { repo = '', ops = [], blocks }: Body): void {
  sample.commits += 1
  sample.authors.set(repo, (sample.authors.get(repo) ?? 0) + 1)
  sample.mostOps = Math.max(sample.mostOps, ops.length)
  if (ops.length > 1) sample.commitsOfSeveral += 1
  if (ops.some(({ action }) => action === 'delete')) sample.commitsThatDelete += 1
  const written = ops.filter(({ action }) => action !== 'delete')
  for (const { path } of written) countRecord(sample, path)
  const posts = written.filter(({ path }) => path.startsWith('app.bsky.feed.post/'))
  if (posts.length > 0 && blocks) countPosts(sample, new Set(posts.map(({ cid }) => cid?.$link)), blocks)
}

function countRecord(sample: Sample, path: string): void {
  const [collection = ''] = path.split('/')
  if (collection === 'app.bsky.feed.threadgate') sample.threadgates += 1
  else sample.records[kindOf(collection)] += 1
}

function countPosts(sample: Sample, wanted: ReadonlySet<string | undefined>, blocks: Bytes): void {
  for (const { cid, bytes } of fromUint8Array(fromBytes(blocks))) {
    if (wanted.has(toString(cid))) countPost(sample, decode(bytes))
  }
}

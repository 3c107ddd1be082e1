import { createHash } from 'node:crypto'
import { encode, toBytes } from '@atcute/cbor'
import { CidLinkWrapper } from '@atcute/cid'

const DID = 'did:plc:abcdefghijklmnopqrstuvwx'
const DCBOR_SHA256 = [0x01, 0x71, 0x12, 0x20]

/** The CID of a DAG-CBOR block. */
export function cidOf(block: Uint8Array): CidLinkWrapper {
  return new CidLinkWrapper(
    Uint8Array.from([...DCBOR_SHA256, ...createHash('sha256').update(block).digest()]),
  )
}

/** A CAR slice holding exactly these blocks, each under the CID that is said. */
export function aCar(blocks: readonly { cid: CidLinkWrapper; block: Uint8Array }[]): Uint8Array {
  const root = blocks[0]?.cid ?? cidOf(new Uint8Array())
  const header = encode({ version: 1, roots: [root] })
  const parts = blocks.flatMap(({ cid, block }) => [
    varint(cid.bytes.length + block.length),
    cid.bytes,
    block,
  ])
  return Buffer.concat([varint(header.length), header, ...parts])
}

/** One op of a commit built by `aCommitFrame`. */
export interface OpRecipe {
  readonly action?: string
  readonly path?: string
  readonly record?: Readonly<Record<string, unknown>>
  /** The op names a CID whose block is not in the slice. */
  readonly withoutBlock?: boolean
  /** The block in the slice is another one than its CID says. */
  readonly withWrongBlock?: boolean
}

/** A post, as a record. */
export const aPost = (text: string) => ({
  $type: 'app.bsky.feed.post',
  text,
  createdAt: '2026-01-02T03:04:05.678Z',
})

/** A #commit frame; its blocks are those of its records, and nothing is signed. */
export function aCommitFrame(
  seq: number,
  recipes: readonly OpRecipe[] = [{}],
  body: Readonly<Record<string, unknown>> = {},
): Buffer {
  const blocks: { cid: CidLinkWrapper; block: Uint8Array }[] = []
  const ops = recipes.map(({ action = 'create', path, record, withoutBlock, withWrongBlock }, index) => {
    const place = path ?? `app.bsky.feed.post/r${seq}x${index}`
    if (action === 'delete') return { action, path: place, cid: null }
    const block = encode(record ?? aPost(`${seq}/${index}`))
    const cid = cidOf(block)
    if (!withoutBlock) blocks.push({ cid, block: withWrongBlock ? encode(aPost('forged')) : block })
    return { action, path: place, cid }
  })
  return aFrame('#commit', {
    seq,
    repo: DID,
    rev: `3k${String(seq).padStart(11, '2')}`,
    since: null,
    commit: cidOf(encode({ seq })),
    time: '2026-01-02T03:04:05.678Z',
    ops,
    blobs: [],
    blocks: toBytes(aCar(blocks)),
    tooBig: false,
    rebase: false,
    ...body,
  })
}

/** A frame of any type, as it travels. */
export function aFrame(type: string, body: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.concat([encode({ op: 1, t: type }), encode(body)])
}

/** What a relay sends before it hangs up. */
export function anErrorFrame(error: string, message = ''): Buffer {
  return Buffer.concat([encode({ op: -1 }), encode({ error, message })])
}

export function anIdentityFrame(seq: number, handle?: string): Buffer {
  return aFrame('#identity', {
    seq,
    did: DID,
    time: '2026-01-02T03:04:05.678Z',
    ...(handle ? { handle } : {}),
  })
}

export function anAccountFrame(seq: number, active: boolean, status?: string): Buffer {
  return aFrame('#account', {
    seq,
    did: DID,
    time: '2026-01-02T03:04:05.678Z',
    active,
    ...(status ? { status } : {}),
  })
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.from([...bytes, rest])
    bytes.push((rest & 0x7f) | 0x80)
  }
}

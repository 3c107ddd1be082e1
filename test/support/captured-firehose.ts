import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cborToLexRecord, type MST, readCar } from '@atproto/repo'

/** Lexicon JSON of one message's body. */
export type CapturedBody = Readonly<Record<string, unknown>>

export interface CapturedMessage {
  readonly type: string
  readonly body: CapturedBody
}

/** One record op as its message tells it. `record` is `null` for a delete. */
export interface ToldOp {
  readonly seq: number
  readonly did: string
  readonly rev: string
  readonly action: string
  readonly collection: string
  readonly rkey: string
  readonly cid: string | null
  readonly record: unknown
}

const FOLDER = fileURLToPath(new URL('../../../shared/fixtures/firehose', import.meta.url))

/** Files of real messages; empty where the fixtures are not there. */
export const CAPTURED_FILES: readonly string[] = existsSync(FOLDER) ? globSync(`${FOLDER}/*.json`).sort() : []

/** Why tests with real messages cannot run here; `null` when they can. */
export const missingCaptures: string | null =
  CAPTURED_FILES.length > 0 ? null : `no captured messages in ${FOLDER}; these tests replay them`

/** The messages of a file of either form. */
export function capturedMessages(path: string): CapturedMessage[] {
  const content = JSON.parse(readFileSync(path, 'utf8')) as CapturedBody
  const messages = content['messages'] as
    | { frame: { header: { t: string }; body: CapturedBody } }[]
    | undefined
  return messages
    ? messages.map(({ frame }) => ({ type: frame.header.t, body: frame.body }))
    : [{ type: '#commit', body: content }]
}

/** Every op of every commit, with the record that its blocks hold, read by other eyes than the pipeline's. */
export async function toldOps(messages: readonly CapturedMessage[]): Promise<ToldOp[]> {
  const perCommit = messages.filter(({ type }) => type === '#commit').map(({ body }) => opsOf(body))
  return (await Promise.all(perCommit)).flat()
}

interface CommitBody {
  readonly seq: number
  readonly repo: string
  readonly rev: string
  readonly blocks: { readonly $bytes: string }
  readonly ops: readonly { action: string; path: string; cid: { $link: string } | null }[]
}

async function opsOf(body: CapturedBody): Promise<ToldOp[]> {
  const { seq, repo: did, rev, blocks, ops } = body as unknown as CommitBody
  const car = await readCar(Buffer.from(blocks.$bytes, 'base64'))
  const records = new Map([...car.blocks].map(([cid, bytes]) => [cid.toString(), bytes]))
  return ops.map(({ action, path, cid }) => {
    const [collection = '', rkey = ''] = path.split('/')
    const bytes = cid && records.get(cid.$link)
    const record = bytes ? asJson(cborToLexRecord(bytes)) : null
    return { seq, did, rev, action, collection, rkey, cid: cid?.$link ?? null, record }
  })
}

function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64').replace(/=+$/, '') }
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value !== 'object' || value === null) return value
  if (isCid(value)) return { $link: String(value) }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item)]))
}

type Cid = Parameters<typeof MST.load>[1]

function isCid(value: object): value is Cid {
  return 'multihash' in value
}

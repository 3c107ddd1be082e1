import { type CidBytes, cidOf } from './cid.ts'
import type { Block, MstNode } from './mst-node.ts'

/** Larger than any node of a tree this small: a hundred keys of the longest kind fit. */
let scratch = Buffer.allocUnsafe(64 << 10)

const NULL = 0xf6
const ENTRIES = Buffer.from('a26165', 'hex')
const LEFT = Buffer.from('616c', 'hex')
const KEY = Buffer.from('a4616b', 'hex')
const PREFIX_LENGTH = Buffer.from('6170', 'hex')
const TREE = Buffer.from('6174', 'hex')
const VALUE = Buffer.from('6176', 'hex')
const LINK = Buffer.from('d82a582500', 'hex')

const BYTES = 0x40
const ARRAY = 0x80
const MOST_BYTES_PER_KEY = 1_200

/** The block of a node and, before it, of every node below that has none: DAG-CBOR, written by hand for speed. */
export function blockOf(node: MstNode): Block {
  node.block ??= encodeNode(node)
  return node.block
}

function encodeNode({ keys, values, gaps }: MstNode): Block {
  const below = gaps.map((gap) => (gap ? blockOf(gap).cid : null))
  if (scratch.length < (keys.length + 1) * MOST_BYTES_PER_KEY) {
    scratch = Buffer.allocUnsafe((keys.length + 1) * MOST_BYTES_PER_KEY)
  }
  let at = put(ENTRIES, 0)
  at = head(ARRAY, keys.length, at)
  let previous = ''
  for (const [index, key] of keys.entries()) {
    const shared = sharedPrefix(previous, key)
    at = put(KEY, at)
    at = head(BYTES, key.length - shared, at)
    at += scratch.write(key.slice(shared), at, 'latin1')
    at = put(PREFIX_LENGTH, at)
    at = head(0, shared, at)
    at = put(TREE, at)
    at = link(below[index + 1] ?? null, at)
    at = put(VALUE, at)
    at = link(values[index] ?? null, at)
    previous = key
  }
  at = put(LEFT, at)
  at = link(below[0] ?? null, at)
  const bytes = Buffer.from(scratch.subarray(0, at))
  return { cid: cidOf(bytes), bytes }
}

function put(bytes: Buffer, at: number): number {
  return at + bytes.copy(scratch, at)
}

function head(major: number, value: number, at: number): number {
  if (value < 24) return scratch.writeUInt8(major | value, at)
  if (value < 256) return scratch.writeUInt8(value, scratch.writeUInt8(major | 24, at))
  return scratch.writeUInt16BE(value, scratch.writeUInt8(major | 25, at))
}

function link(cid: CidBytes | null, at: number): number {
  return cid ? put(cid, put(LINK, at)) : scratch.writeUInt8(NULL, at)
}

function sharedPrefix(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let shared = 0
  while (shared < most && one.charCodeAt(shared) === other.charCodeAt(shared)) shared += 1
  return shared
}

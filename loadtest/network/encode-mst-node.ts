import type { Binary } from './binary.ts'
import { type Cid, cidOf } from './cid.ts'
import type { Block, MstNode } from './mst-node.ts'

/** The block of a node and, before it, of every node below that has none: DAG-CBOR, written by hand for speed. */
export function blockOf(node: MstNode): Block {
  node.block ??= encodeNode(node)
  return node.block
}

const NULL: Binary = '\u00f6'
const LINK: Binary = '\u00d8\u002a\u0058\u0025\u0000'
const BYTES = 0x40
const ARRAY = 0x80

function encodeNode({ keys, values, gaps }: MstNode): Block {
  const below = gaps.map((gap) => (gap ? blockOf(gap).cid : null))
  let node = `\u00a2\u0061e${head(ARRAY, keys.length)}`
  let previous = ''
  for (const [index, key] of keys.entries()) {
    const shared = sharedPrefix(previous, key)
    node += `\u00a4\u0061k${head(BYTES, key.length - shared)}${key.slice(shared)}\u0061p${head(0, shared)}`
    node += `\u0061t${link(below[index + 1])}\u0061v${link(values[index])}`
    previous = key
  }
  const bytes = `${node}\u0061l${link(below[0])}`
  return { cid: cidOf(Buffer.from(bytes, 'latin1')), bytes }
}

function head(major: number, value: number): Binary {
  if (value < 24) return String.fromCharCode(major | value)
  if (value < 256) return String.fromCharCode(major | 24, value)
  return String.fromCharCode(major | 25, value >> 8, value & 0xff)
}

function link(cid: Cid | null | undefined): Binary {
  return cid ? LINK + cid : NULL
}

function sharedPrefix(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let shared = 0
  while (shared < most && one.charCodeAt(shared) === other.charCodeAt(shared)) shared += 1
  return shared
}

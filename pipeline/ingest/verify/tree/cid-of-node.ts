import { hash } from 'node:crypto'
import { CidLinkWrapper, encode, toBytes } from '@atcute/cbor'
import type { CidKey } from '#pipeline/backfill/car/cid-key.ts'
import type { Child, Node } from './node.ts'

/** Version 1, DAG-CBOR, SHA-256, 32 bytes. */
const PREFIX = Buffer.from([0x01, 0x71, 0x12, 0x20]).toString('latin1')

/** Encodes whatever has changed. */
export function cidOfNode(node: Node): CidKey {
  node.cid ??= PREFIX + hash('sha256', encode(bodyOf(node)), 'buffer').toString('latin1')
  return node.cid
}

function bodyOf({ keys, values, gaps }: Node): object {
  const entries = keys.map((key, index) => {
    const shared = sharedLength(keys[index - 1] ?? '', key)
    return {
      p: shared,
      k: toBytes(Buffer.from(key.slice(shared), 'latin1')),
      v: linkTo(values[index] ?? ''),
      t: linkOrNull(gaps[index + 1] ?? null),
    }
  })
  return { l: linkOrNull(gaps[0] ?? null), e: entries }
}

function linkOrNull(child: Child): CidLinkWrapper | null {
  if (child === null) return null
  return linkTo(typeof child === 'string' ? child : cidOfNode(child))
}

function linkTo(cid: CidKey): CidLinkWrapper {
  return new CidLinkWrapper(Buffer.from(cid, 'latin1'))
}

function sharedLength(before: string, key: string): number {
  let length = 0
  while (length < before.length && before[length] === key[length]) length++
  return length
}

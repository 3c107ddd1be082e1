import { fromString } from '@atcute/cid'
import { expect, test } from 'vitest'
import { binary } from './binary.ts'
import { cidOf, cidText } from './cid.ts'
import { mst } from './mst.ts'
import { layerOf } from './mst-node.ts'
import { seededRandom } from './random.ts'
import { tidOf } from './tid.ts'

const LEAF = binary(fromString('bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454').bytes)

function treeOf(keys: readonly string[]) {
  const tree = mst()
  for (const key of keys) tree.set(key, LEAF)
  return tree
}

const rootOf = (keys: readonly string[]) => cidText(treeOf(keys).root())

const someKeys = (count: number) => {
  const random = seededRandom(3)
  return Array.from(
    { length: count },
    () => `app.bsky.feed.post/${tidOf(1e15 + random.int(1e9), random.int(9))}`,
  )
}

test.each([
  { key: '2653ae71', layer: 0 },
  { key: 'blue', layer: 1 },
  { key: 'app.bsky.feed.post/454397e440ec', layer: 4 },
  { key: 'app.bsky.feed.post/9adeb165882c', layer: 8 },
])('$key lives on layer $layer (repository specification)', ({ key, layer }) => {
  expect(layerOf(key)).toBe(layer)
})

test.each([
  { name: 'nothing', keys: [], root: 'bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm' },
  {
    name: 'one key on layer 0',
    keys: ['3jqfcqzm3fo2j'],
    root: 'bafyreibj4lsc3aqnrvphp5xmrnfoorvru4wynt6lwidqbm2623a6tatzdu',
  },
  {
    name: 'one key on layer 2',
    keys: ['3jqfcqzm3fx2j'],
    root: 'bafyreih7wfei65pxzhauoibu3ls7jgmkju4bspy4t2ha2qdjnzqvoy33ai',
  },
  {
    name: 'five keys on two layers',
    keys: ['3jqfcqzm3fp2j', '3jqfcqzm3fr2j', '3jqfcqzm3fs2j', '3jqfcqzm3ft2j', '3jqfcqzm4fc2j'],
    root: 'bafyreicmahysq4n6wfuxo522m6dpiy7z7qzym3dzs756t5n7nfdgccwq7m',
  },
])('the root over $name is the known one', ({ keys, root }) => {
  expect(rootOf(keys.map((key) => `com.example.record/${key}`))).toBe(root)
})

test('the root depends on the content alone, not on the way to it', () => {
  const keys = someKeys(500)
  const detour = treeOf([...keys.slice(0, 400), ...someKeys(900).slice(500)].reverse())
  for (const key of someKeys(900).slice(500)) detour.delete(key)
  for (const key of keys.slice(400)) detour.set(key, LEAF)

  expect(cidText(detour.root())).toBe(rootOf(keys))
  expect(detour.size).toBe(500)
})

test('deleting everything gives the empty tree, and another value another root', () => {
  const keys = someKeys(200)
  const tree = treeOf(keys)
  tree.set(keys[7] ?? '', cidOf(Buffer.from('other')))
  expect(cidText(tree.root())).not.toBe(rootOf(keys))

  for (const key of keys) tree.delete(key)
  expect(cidText(tree.root())).toBe(rootOf([]))
  expect(tree.size).toBe(0)
})

test('a proof holds the root and far fewer nodes than the tree', () => {
  const keys = someKeys(2_000)
  const tree = treeOf(keys)
  const proof = tree.covering([keys[0] ?? '', 'app.bsky.feed.post/nobody'])

  expect(proof.map(({ cid }) => cid)).toContain(tree.root())
  expect(proof.length).toBeLessThan(25)
  expect(tree.covering(keys).length).toBeGreaterThan(300)
})

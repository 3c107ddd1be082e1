import { readCar, verifyRepoCar } from '@atproto/repo'
import { expect, test } from 'vitest'
import { hostedPopulation } from './hosted-population.ts'
import { type HostedRepo, hostedRepo } from './hosted-repo.ts'

const repos = hostedPopulation({ seed: 3, repos: 12, records: 50 })
const [first] = repos as [HostedRepo]

test('every repo is one that the reference implementation verifies, with the records it is said to have', async () => {
  expect(new Set(repos.map(({ did }) => did)).size).toBe(12)
  for (const repo of repos) {
    const { creates, commit } = await verifyRepoCar(repo.car(), repo.did, repo.didKey)
    expect(commit.rev).toBe(repo.rev)
    expect(
      new Map(creates.map(({ collection, rkey, cid }) => [`${collection}/${rkey}`, cid.toString()])),
    ).toEqual(new Map([...repo.records].map(([path, { cid }]) => [path, cid])))
  }
})

test('another key does not verify it', async () => {
  const [, second] = repos as [HostedRepo, HostedRepo]
  await expect(verifyRepoCar(first.car(), first.did, second.didKey)).rejects.toThrow()
})

test('the order of its blocks is free', async () => {
  const cids = async (order: 'tree-first' | 'records-first') => {
    const { blocks, roots } = await readCar(first.car(order))
    return { root: String(roots[0]), blocks: [...blocks].map(([cid]) => String(cid)) }
  }
  const [one, other] = [await cids('tree-first'), await cids('records-first')]
  expect(other.root).toBe(one.root)
  expect(other.blocks).not.toEqual(one.blocks)
  expect(new Set(other.blocks)).toEqual(new Set(one.blocks))
})

test('commits change what it holds, and both curves are used', () => {
  const repo = hostedRepo({ name: 'someone', handle: 'someone.test', k256: true })
  const path = 'app.bsky.feed.post/a'
  repo.commit([{ action: 'create', path, record: { text: 'x' } }], '3k2222222222a')
  repo.commit([{ action: 'update', path, record: { text: 'y' } }], '3k2222222222b')
  expect(repo.records.get(path)?.record).toEqual({ text: 'y' })
  repo.commit([{ action: 'delete', path }], '3k2222222222c')
  expect([...repo.records]).toEqual([])
  expect(repo.rev).toBe('3k2222222222c')
  expect(new Set(repos.map(({ didKey }) => didKey.slice(0, 12))).size).toBe(2)
})

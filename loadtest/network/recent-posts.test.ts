import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'
import { type RecentPost, recentPosts } from './recent-posts.ts'

const aPost = (name: string): RecentPost => {
  const ref = { uri: `at://did:plc:a/app.bsky.feed.post/${name}`, cid: name }
  return { ref, root: ref }
}

function mostPicked(viral: number): number {
  const [posts, random] = [recentPosts(viral), seededRandom(1)]
  for (let index = 0; index < 400; index += 1) posts.add(aPost(`${index}`))
  const picks = Array.from({ length: 2_000 }, () => posts.pick(random).ref.cid)
  return Math.max(...[...Map.groupBy(picks, (cid) => cid).values()].map(({ length }) => length))
}

test('everybody talks of one post as often as the mix says, and of none in particular when it says nothing', () => {
  expect(mostPicked(0.5)).toBeGreaterThan(900)
  expect(mostPicked(0)).toBeLessThan(100)
})

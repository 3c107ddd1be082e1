import { expect, test } from 'vitest'
import { DEFAULT_MIX, eventMixSchema } from './event-mix.ts'

test('what a mix leaves out takes its default', () => {
  expect(eventMixSchema.parse({ deletes: 0.3, posts: { replies: 1 } })).toEqual({
    ...DEFAULT_MIX,
    deletes: 0.3,
    posts: { ...DEFAULT_MIX.posts, replies: 1 },
  })
})

test.each([
  { mix: { deletes: 1.5 }, says: 'expected a share, 0 to 1' },
  { mix: { messages: { identity: 0.6, account: 0.6 } }, says: 'expected shares that are 1 or less together' },
  { mix: { posts: { images: 0.6, externals: 0.5 } }, says: '1 or less together' },
  { mix: { posts: { languages: { tlh: 1 } } }, says: '' },
  { mix: { likes: 1 }, says: 'likes' },
  {
    mix: { records: Object.fromEntries(Object.keys(DEFAULT_MIX.records).map((kind) => [kind, 0])) },
    says: 'weight above 0',
  },
])('the mix $mix is refused', ({ mix, says }) => {
  const { success, error } = eventMixSchema.safeParse(mix)
  expect(success).toBe(false)
  expect(error?.issues.map(({ message }) => message).join()).toContain(says)
})

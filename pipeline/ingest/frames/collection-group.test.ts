import { expect, test } from 'vitest'
import { collectionGroup } from './collection-group.ts'

test.each([
  ['app.bsky.feed.post', 'app.bsky.feed.post'],
  ['app.bsky.feed.like', 'app.bsky.*'],
  ['com.example.thing', '*'],
])('%s belongs to %s', (collection, group) => {
  const groupOf = collectionGroup(['app.bsky.feed.post', 'app.bsky.*', '*'])
  expect([groupOf(collection), groupOf(collection)]).toEqual([group, group])
})

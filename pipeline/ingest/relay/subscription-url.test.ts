import { expect, test } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { subscriptionUrl } from './subscription-url.ts'

const METHOD = 'xrpc/com.atproto.sync.subscribeRepos'

test.each([
  ['wss://bsky.network', null, `wss://bsky.network/${METHOD}`],
  ['wss://bsky.network/', 0, `wss://bsky.network/${METHOD}?cursor=0`],
  [`ws://127.0.0.1:1/${METHOD}`, 7, `ws://127.0.0.1:1/${METHOD}?cursor=7`],
  ['ws://h/proxy', 9007199254740991, `ws://h/proxy/${METHOD}?cursor=9007199254740991`],
])('%s after %s is %s', (relay, cursor, url) => {
  expect(subscriptionUrl(relay, cursor)).toBe(url)
})

test.each(['https://bsky.network', 'bsky.network', 'ws//x', ''])('"%s" is not a relay', (relay) => {
  expect(() => subscriptionUrl(relay, null)).toThrow(UsageError)
})

test('a refused URL never shows its password', () => {
  expect(() => subscriptionUrl('http://me:hunter2@h', null)).toThrow(/^(?!.*hunter2)/)
})

import { expect, test } from 'vitest'
import { foldRedisTlsFlags } from '#kernel/cli/redis-tls-flags.ts'
import { withTlsFiles } from './with-tls-files.ts'

test.each([
  [{}, 'rediss://h', 'rediss://h'],
  [{ ca: '/a b/ca.pem' }, 'rediss://u:p@h:1/2', 'rediss://u:p@h:1/2?ca=/a%20b/ca.pem'],
  [{ ca: '/new', key: '/k&y' }, 'rediss://h?ca=/old&cert=/c', 'rediss://h?ca=/new&cert=/c&key=/k%26y'],
])('%j goes into %s', (files, url, whole) => {
  expect(withTlsFiles(url, files)).toBe(whole)
})

const args = (own: Record<string, unknown>) => ({ _: [], $0: 'standpipe', ...own })

test('a flag for TLS is refused where the Redis has none; a variable speaks to other commands as well', () => {
  const flags = args({ redisUrl: 'redis://h', 'redis-tls-ca': '/ca' })
  expect(() => foldRedisTlsFlags(flags, {})).toThrow('--redis-tls-ca is for a Redis that speaks TLS')
  expect(foldRedisTlsFlags(flags, { STANDPIPE_REDIS_TLS_CA: '/ca' })).toBe(flags)
})

test('whoever reads the URL of the arguments reads the files in it', () => {
  const flags = args({ redisUrl: 'rediss://h', 'redis-url': 'rediss://h', 'redis-tls-ca': '/ca' })
  const url = 'rediss://h?ca=/ca'
  expect(foldRedisTlsFlags(flags, {})).toMatchObject({ redisUrl: url, 'redis-url': url })
})

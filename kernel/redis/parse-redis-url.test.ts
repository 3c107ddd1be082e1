import { expect, test } from 'vitest'
import { parseRedisUrl } from './parse-redis-url.ts'

test.each([
  ['redis://localhost', { host: 'localhost', port: 6379, db: 0 }],
  ['redis://:p%40ss@10.0.0.7:6380/2', { host: '10.0.0.7', port: 6380, db: 2, password: 'p@ss' }],
  ['unix:///run/redis.sock', { path: '/run/redis.sock' }],
  [
    'rediss://a:b@h',
    { host: 'h', port: 6379, db: 0, username: 'a', password: 'b', tls: { servername: 'h' } },
  ],
  ['rediss://[::1]:7?ca=/ca.pem', { host: '::1', port: 7, db: 0, tls: {} }],
  [
    'sentinel://:pw@10.0.0.7/buffer',
    { sentinels: [{ host: '10.0.0.7', port: 26_379 }], name: 'buffer', password: 'pw' },
  ],
])('%s is understood', (url, address) => {
  expect(parseRedisUrl(url)).toEqual(address)
})

test.each([
  'localhost:6379',
  'http://h',
  'redis://h/x',
  'redis://h?ca=/x',
  'rediss://h?sslca=/x',
  'sentinel://h',
  '',
])('"%s" is refused with what was expected', (url) => {
  expect(() => parseRedisUrl(url)).toThrow(/not a Redis/)
})

test('a refused URL never shows its password', () => {
  expect(() => parseRedisUrl('http://:hunter2@h')).toThrow(/^(?!.*hunter2)/)
})

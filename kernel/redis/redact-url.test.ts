import { expect, test } from 'vitest'
import { redactUrl } from './redact-url.ts'

test.each([
  ['redis://:secret@10.0.0.7:6379', 'redis://:***@10.0.0.7:6379'],
  ['rediss://audit:secret@host:6380/2', 'rediss://audit:***@host:6380/2'],
  ['postgres://u:p@h/db?password=x', 'postgres://u:***@h/db?password=***'],
  ['unix:///tmp/redis.sock', 'unix:///tmp/redis.sock'],
  ['redis://h:notaport:secret@x:y', 'redis://***@x:y'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
})

import { expect, test } from 'vitest'
import { withAddress } from './with-address.ts'

test.each([
  ['unix:///tmp/a.sock', '10.0.0.1', 'redis://10.0.0.1:7'],
  ['redis://:p%40ss@h/2', '::1', 'redis://:p%40ss@[::1]:7'],
  ['rediss://u:p@h:1?ca=/ca', 'node', 'rediss://u:p@node:7?ca=/ca'],
  ['sentinel://u:p@h/primary', 'node', 'redis://u:p@node:7'],
])('%s leads to %s as %s', (url, host, other) => {
  expect(withAddress(url, host, 7)).toBe(other)
})

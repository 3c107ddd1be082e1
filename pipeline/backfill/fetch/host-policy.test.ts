import { expect, test } from 'vitest'
import { ANY_HOST, PUBLIC_HOSTS, requireAllowed } from './host-policy.ts'

test.each([
  'http://pds.example',
  'ftp://pds.example',
  'https://127.0.0.1',
  'https://127.1',
  'https://0x7f000001',
  'https://2130706433',
  'https://017700000001',
  'https://[::1]',
  'https://[::ffff:10.0.0.1]',
  'https://user:secret@pds.example',
])('%s is refused', (url) => {
  expect(() => requireAllowed(new URL(url), PUBLIC_HOSTS)).toThrow(
    expect.objectContaining({ reason: 'forbidden-host' }),
  )
})

test.each(['https://pds.example', 'https://1.1.1.1:8443'])('%s is allowed', (url) => {
  expect(() => requireAllowed(new URL(url), PUBLIC_HOSTS)).not.toThrow()
})

test('with private hosts allowed, loopback and plain http are, and passwords still are not', () => {
  expect(() => requireAllowed(new URL('http://127.0.0.1'), ANY_HOST)).not.toThrow()
  expect(() => requireAllowed(new URL('http://a:b@127.0.0.1'), ANY_HOST)).toThrow('user name or password')
})

import { expect, test } from 'vitest'
import { startHttpHost } from '#loadtest/network/hosts/http-host.ts'
import { createGetter } from './getter.ts'
import { ANY_HOST, type HostPolicy } from './host-policy.ts'

const options = { accept: '*/*', signal: new AbortController().signal }

/** As for strangers, with 127.0.0.1 in the place of the public internet. */
const ONLY_ONE: HostPolicy = { ...ANY_HOST, isAllowed: (address) => address === '127.0.0.1' }

test('follows redirects, and hands on the answer at their end', async () => {
  await using host = await startHttpHost((url, response) => {
    if (url.pathname === '/end') response.end('here')
    else response.writeHead(307, { location: '/end' }).end()
  })
  using getter = createGetter({ policy: ONLY_ONE, headersWithin: 500 })
  const answer = await getter.get(new URL(host.url), options)
  expect(answer.statusCode).toBe(200)
  answer.destroy()
})

test.each(['http://127.0.0.2/', 'http://localhost.localdomain.invalid/', 'http://[::1]/'])(
  'a redirect that leads from an allowed host to %s is not followed',
  async (location) => {
    await using host = await startHttpHost((_, response) => void response.writeHead(302, { location }).end())
    using getter = createGetter({ policy: ONLY_ONE, headersWithin: 500 })
    await expect(getter.get(new URL(host.url), options)).rejects.toMatchObject({
      reason: expect.stringMatching(/^(forbidden-host|host-unreachable)$/) as string,
    })
    expect(host.requests).toBe(1)
  },
)

test('a redirect to another protocol is not followed', async () => {
  await using host = await startHttpHost(
    (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  )
  using getter = createGetter({ policy: ONLY_ONE, headersWithin: 500 })
  await expect(getter.get(new URL(host.url), options)).rejects.toMatchObject({ reason: 'forbidden-host' })
})

test('a redirect to what is no URL is a malformed answer', async () => {
  await using host = await startHttpHost(
    (_, response) => void response.writeHead(302, { location: 'http://[' }).end(),
  )
  using getter = createGetter({ policy: ONLY_ONE, headersWithin: 500 })
  await expect(getter.get(new URL(host.url), options)).rejects.toMatchObject({ reason: 'malformed-answer' })
})

test('an abort ends the request with its reason', async () => {
  await using host = await startHttpHost(() => {})
  using getter = createGetter({ policy: ONLY_ONE, headersWithin: 5_000 })
  const signal = AbortSignal.timeout(20)
  await expect(getter.get(new URL(host.url), { accept: '*/*', signal })).rejects.toThrow('timeout')
})

test('headers without end are a host that cannot be understood', async () => {
  await using host = await startHttpHost(
    (_, response) => void response.writeHead(200, { 'x-long': 'a'.repeat(40_000) }).end(),
  )
  using getter = createGetter({ policy: ONLY_ONE, headersWithin: 500 })
  await expect(getter.get(new URL(host.url), options)).rejects.toMatchObject({ reason: 'host-unreachable' })
})

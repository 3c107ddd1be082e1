import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#kernel/process/free-port.ts'
import { type TemporaryFolder, temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { makeAuthority, makeCertificate } from '#test/support/certificates.ts'
import { connectRedis } from './connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts'

let folder: TemporaryFolder
const servers: PrivateRedis[] = []

/** Three servers of one authority: one that asks for a certificate of ours, one that does not, one that has expired. */
let ports: { readonly mutual: string; readonly plain: string; readonly expired: string }

beforeAll(async () => {
  folder = await temporaryFolder('tls')
  makeAuthority(folder.path)
  makeAuthority(folder.path, 'stranger')
  makeCertificate(folder.path, 'server', { of: 'DNS:localhost,IP:127.0.0.1' })
  makeCertificate(folder.path, 'expired', { days: -1 })
  makeCertificate(folder.path, 'ours', { of: 'DNS:ours' })
  makeCertificate(folder.path, 'theirs', { of: 'DNS:theirs', by: 'stranger' })
  const [mutual, plain, expired] = await Promise.all([
    startWith('server', 'yes'),
    startWith('server', 'no'),
    startWith('expired', 'no'),
  ])
  ports = { mutual, plain, expired }
})

afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const file = (name: string) => join(folder.path, name)

/** The port of TLS is the server's only one; a private server answers on its socket as well. */
async function startWith(certificate: string, clients: 'yes' | 'no'): Promise<string> {
  const port = String(await freePort())
  const server = await startPrivateRedis({
    config: {
      'tls-port': port,
      'tls-cert-file': file(`${certificate}.pem`),
      'tls-key-file': file(`${certificate}.key`),
      'tls-ca-cert-file': file('ca.pem'),
      'tls-auth-clients': clients,
    },
  })
  servers.push(server)
  return port
}

async function reach(url: string): Promise<string> {
  const redis = await connectRedis(url, { name: 'test' })
  try {
    return await redis.ping()
  } finally {
    redis.disconnect()
  }
}

const named = (files: Record<string, string>) =>
  Object.entries(files)
    .map(([name, path]) => `${name}=${file(path)}`)
    .join('&')

test.each(['localhost', '127.0.0.1'])('a server of our own authority answers at %s', async (host) => {
  expect(await reach(`rediss://${host}:${ports.plain}?${named({ ca: 'ca.pem' })}`)).toBe('PONG')
})

test('a server that asks for a certificate of ours gets it', async () => {
  const files = named({ ca: 'ca.pem', cert: 'ours.pem', key: 'ours.key' })
  expect(await reach(`rediss://localhost:${ports.mutual}?${files}`)).toBe('PONG')
})

describe('one sentence says what is wrong with', () => {
  test.each<{ what: string; at: keyof typeof ports; files: Record<string, string>; says: string }>([
    { what: 'no authority', at: 'plain', files: {}, says: 'nobody whom we trust has signed its certificate' },
    {
      what: 'another authority',
      at: 'plain',
      files: { ca: 'stranger.pem' },
      says: 'name who did: --redis-tls-ca <file>',
    },
    {
      what: 'an old certificate',
      at: 'expired',
      files: { ca: 'ca.pem' },
      says: 'its certificate has expired',
    },
    {
      what: 'no certificate of ours',
      at: 'mutual',
      files: { ca: 'ca.pem' },
      says: 'it asks for a certificate of ours, name one with its key: --redis-tls-cert <file>',
    },
    {
      what: 'a certificate of ours that another authority signed',
      at: 'mutual',
      files: { ca: 'ca.pem', cert: 'theirs.pem', key: 'theirs.key' },
      says: 'trust our certificate',
    },
    {
      what: 'a file that is not there',
      at: 'plain',
      files: { ca: 'nowhere.pem' },
      says: 'nowhere.pem" for TLS: no such file',
    },
    {
      what: 'a file that holds something else',
      at: 'plain',
      files: { ca: 'extensions' },
      says: 'extensions" holds no PEM certificate',
    },
    {
      what: 'a key that is a certificate',
      at: 'mutual',
      files: { cert: 'ours.pem', key: 'ours.pem' },
      says: 'holds no PEM private key',
    },
    {
      what: 'a certificate without its key',
      at: 'mutual',
      files: { cert: 'ours.pem' },
      says: 'a certificate of ours and its key go together',
    },
    {
      what: 'a key of another certificate',
      at: 'mutual',
      files: { cert: 'ours.pem', key: 'theirs.key' },
      says: 'theirs.key" does not belong to the certificate "',
    },
  ])('$what', async ({ at, files, says }) => {
    await expect(reach(`rediss://localhost:${ports[at]}?${named(files)}`)).rejects.toThrow(says)
  })

  test('a name that the certificate does not hold', async () => {
    await expect(reach(`rediss://127.0.0.2:${ports.plain}?${named({ ca: 'ca.pem' })}`)).rejects.toThrow(
      'its certificate is for DNS:localhost, IP Address:127.0.0.1 only',
    )
  })

  test('a port that speaks TLS, when we do not', async () => {
    await expect(reach(`redis://localhost:${ports.plain}`)).rejects.toThrow(
      'if it speaks TLS on this port, name it rediss://',
    )
  })
})

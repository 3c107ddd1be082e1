import { expect, test } from 'vitest'
import { systemClock } from '#kernel/time/clock.ts'
import { type Answer, startHttpHost } from '#loadtest/network/hosts/http-host.ts'
import { createGetter } from './getter.ts'
import { ANY_HOST } from './host-policy.ts'
import { type Patience, readBody } from './read-body.ts'
import { readJson } from './read-json.ts'

const PATIENCE: Patience = { idle: 200, grace: 200, bytesPerSecond: 10_000, total: 2_000 }

async function read(
  answer: Answer,
  most: number,
  patience = PATIENCE,
  between = async () => {},
): Promise<number> {
  await using host = await startHttpHost(answer)
  using getter = createGetter({ policy: ANY_HOST, headersWithin: 1_000 })
  const { signal } = new AbortController()
  const response = await getter.get(new URL(host.url), { accept: '*/*', signal })
  let bytes = 0
  for await (const chunk of readBody(response, most, patience)) {
    bytes += chunk.length
    await between()
  }
  return bytes
}

test('a body is read to its end', async () => {
  expect(await read((_, response) => void response.end(Buffer.alloc(300_000)), 300_000)).toBe(300_000)
})

test.each([
  ['one byte too many', (_, response) => void response.end(Buffer.alloc(1_001)), 'too-big'],
  [
    'one byte too many, unannounced',
    (_, response) => {
      response.flushHeaders()
      response.end(Buffer.alloc(1_001))
    },
    'too-big',
  ],
  [
    'an end before its time',
    (_, response) => {
      response.writeHead(200, { 'content-length': 900 })
      response.write(Buffer.alloc(100), () => response.destroy())
    },
    'truncated',
  ],
  ['silence', (_, response) => response.flushHeaders(), 'timed-out'],
  [
    'a byte now and then',
    async (_, response) => {
      for (let byte = 0; byte < 100 && !response.destroyed; byte += 1) {
        response.write('.')
        await systemClock.sleep(10)
      }
    },
    'timed-out',
  ],
] as const satisfies readonly (readonly [string, Answer, string])[])(
  '%s is refused',
  async (_, answer, reason) => {
    await expect(read(answer, 1_000)).rejects.toMatchObject({ reason })
  },
)

test('our own slowness is not held against a host', async () => {
  const patience = { idle: 60, grace: 60, bytesPerSecond: 1, total: 60 }
  const answer: Answer = (_, response) => void response.end(Buffer.alloc(400_000))
  expect(await read(answer, 400_000, patience, () => systemClock.sleep(20))).toBe(400_000)
})

test('JSON that is none is a malformed answer', async () => {
  await using host = await startHttpHost((_, response) => void response.end('{"a":'))
  using getter = createGetter({ policy: ANY_HOST, headersWithin: 1_000 })
  const { signal } = new AbortController()
  const response = await getter.get(new URL(host.url), { accept: '*/*', signal })
  await expect(readJson(response, 100, PATIENCE)).rejects.toMatchObject({ reason: 'malformed-answer' })
})

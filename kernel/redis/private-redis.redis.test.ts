import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { connectRedis } from './connect-redis.ts'
import { startPrivateRedis } from './private-redis.ts'

test('a killed server comes back on the same address with everything it acknowledged', async () => {
  await using server = await startPrivateRedis()
  const before = await connectRedis(server.url, { name: 'before' })
  await before.set('key', 'value')
  before.disconnect()

  await server.kill('SIGKILL')
  expect(server.pid).toBeNull()
  await expect(connectRedis(server.url, { name: 'down', within: 500 })).rejects.toThrow('cannot reach Redis')

  await server.start()
  const after = await connectRedis(server.url, { name: 'after' })
  expect(await after.get('key')).toBe('value')
  after.disconnect()
})

test('disposal leaves neither process nor folder behind', async () => {
  let pid: number | null
  let dir: string
  {
    await using server = await startPrivateRedis({ listen: 'loopback' })
    pid = server.pid
    dir = server.dir
    expect(existsSync(dir)).toBe(true)
    expect(existsSync(`/proc/${pid}`)).toBe(true)
  }
  expect(existsSync(dir)).toBe(false)
  expect(existsSync(`/proc/${pid}`)).toBe(false)
})

test('a setting Redis refuses is reported with its own words', async () => {
  await expect(startPrivateRedis({ config: { 'maxmemory-policy': 'nonsense' } })).rejects.toThrow(
    /ended at once/,
  )
})

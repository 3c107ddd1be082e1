import { describe, expect } from 'vitest'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { aServer, someSettings } from '#test/support/evidence.ts'
import { test } from '#test/support/redis.ts'
import { readCgroupLimit } from './cgroup-limit.ts'
import { findLocalProcess } from './local-process.ts'

const TCP = 'redis://10.0.0.7:6379'

describe(findLocalProcess, () => {
  test('a process of its pid, age and folder proves that the server is here', async ({ server, redis }) => {
    const info = Object.fromEntries(parseInfo(await redis.info('server')))
    const settings = someSettings({ dir: server.dir })
    expect(await findLocalProcess({ url: TCP, server: aServer(info), settings })).toMatchObject({
      pid: Number(info['process_id']),
    })
  })

  test('a pid that is nobody, another program, another age or another folder proves nothing', async ({
    server,
    redis,
  }) => {
    const info = Object.fromEntries(parseInfo(await redis.info('server')))
    const told = async (overrides: Record<string, string>, dir = server.dir) =>
      findLocalProcess({
        url: TCP,
        server: aServer({ ...info, ...overrides }),
        settings: someSettings({ dir }),
      })
    await expect(told({ process_id: '999999999' })).rejects.toThrow('no process 999999999 here')
    await expect(told({ process_id: String(process.pid) })).rejects.toThrow('is another program')
    await expect(told({ uptime_in_seconds: '86400' })).rejects.toThrow('is not 86400 s old')
    await expect(told({}, '/elsewhere')).rejects.toThrow('works in another folder')
  })

  test('a unix socket shares our kernel even when its process cannot be seen', async ({ server }) => {
    const unseen = aServer({ process_id: '999999999' })
    expect(await findLocalProcess({ url: server.url, server: unseen, settings: null })).toMatchObject({
      pid: null,
      proof: expect.stringContaining('unix socket'),
    })
    await expect(
      findLocalProcess({ url: 'unix:///nowhere.sock', server: unseen, settings: null }),
    ).rejects.toThrow('run the audit on its host')
  })
})

test('a process in no cgroup that we can see has no limit', async () => {
  expect(await readCgroupLimit(999_999_999)).toBeNull()
})

import { expect } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { test } from '#test/support/redis.ts'
import { refuseMissingRights } from './refuse-missing-rights.ts'

const RIGHTS = ['on', '>secret', '~s*', '+@all']

test.for([
  { takenAway: ['-set'], says: /user "mallory" may not SET "s:cursor:h"/ },
  { takenAway: ['-xadd'], says: /may not XADD "s"; run redis-cli acl setuser mallory '~s\*'/ },
  { takenAway: ['-evalsha'], says: /may not EVALSHA "s:cursor:h"/ },
  { takenAway: ['resetkeys', '~s', '~s:cursor:*'], says: /may not EVALSHA/ },
  { takenAway: ['-info'], says: /may not INFO/ },
])('a user with $takenAway is refused in one sentence', async ({ takenAway, says }, { server, redis }) => {
  await redis.call('ACL', 'SETUSER', 'mallory', 'reset', ...RIGHTS, ...takenAway)
  const client = await connectRedis(server.url, { name: 'test' })
  await client.call('AUTH', 'mallory', 'secret')
  const refused = refuseMissingRights(client, 's', ['s:cursor:h'])
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrow(says)
  client.disconnect()
})

test('a user with all that the append needs is let in', async ({ server, redis }) => {
  await redis.call('ACL', 'SETUSER', 'alice', 'reset', ...RIGHTS)
  const client = await connectRedis(server.url, { name: 'test' })
  await client.call('AUTH', 'alice', 'secret')
  await refuseMissingRights(client, 's', ['s:cursor:h'])
  expect(await client.exists('s')).toBe(0)
  client.disconnect()
})

test('a user who may not ask about rights is not refused for that', async ({ server, redis }) => {
  await redis.call('ACL', 'SETUSER', 'bob', 'reset', ...RIGHTS, '-acl')
  const client = await connectRedis(server.url, { name: 'test' })
  await client.call('AUTH', 'bob', 'secret')
  await expect(refuseMissingRights(client, 's', ['s:cursor:h'])).resolves.toBeUndefined()
  client.disconnect()
})

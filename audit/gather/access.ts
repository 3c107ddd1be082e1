import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { UserAccess } from '../evidence/access-evidence.ts'
import type { Quote } from '../quote.ts'
import type { Gatherer } from './source.ts'

/** What one of these does to a buffer cannot be undone. */
const DESTRUCTIVE: readonly (readonly string[])[] = [['FLUSHALL'], ['SHUTDOWN'], ['KEYS', '*']]
const MOST_USERS = 10

/** `ACL GETUSER default` for its flags alone, and `ACL DRYRUN` for every user that is connected. */
export const gatherAccess: Gatherer<'access'> = async ({ redis, read }) => {
  const reply = (await redis.call('ACL', 'GETUSER', 'default')) as readonly unknown[] | null
  const flags = ((reply ?? [])[(reply ?? []).indexOf('flags') + 1] ?? []) as readonly string[]
  const anonymous = flags.includes('on') && flags.includes('nopass')
  const clients = await read('clients')
  const names = [...new Set(clients.map(({ user }) => user).filter(Boolean))].slice(0, MOST_USERS)
  const users = await Promise.all(names.map((user) => accessOf(redis, user)))
  const quotes: Quote[] = [
    { command: 'ACL GETUSER default', value: `flags=${flags.join(',')}` },
    ...users.map(({ user, may }) => ({
      command: `ACL DRYRUN ${user} …`,
      value: may === null ? 'not offered' : `may ${may.join(', ') || 'none'}`,
    })),
  ]
  return { anonymous, users, quotes }
}

async function accessOf(redis: Redis, user: string): Promise<UserAccess> {
  const answers = await Promise.all(DESTRUCTIVE.map((command) => mayRun(redis, user, command)))
  if (answers.includes(null)) return { user, may: null }
  return { user, may: DESTRUCTIVE.filter((_, at) => answers[at]).map(([name]) => name ?? '') }
}

/** `null` where the server has no DRYRUN, which came with Redis 7.0. */
async function mayRun(redis: Redis, user: string, command: readonly string[]): Promise<boolean | null> {
  try {
    return (await redis.call('ACL', 'DRYRUN', user, ...command)) === 'OK'
  } catch (error) {
    if (isReplyError(error) && /unknown (sub)?command|Unknown subcommand/i.test(error.message)) return null
    throw error
  }
}

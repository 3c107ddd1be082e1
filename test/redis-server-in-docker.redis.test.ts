import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

const WRAPPER = join(import.meta.dirname, '../bin/redis-server-in-docker')

/**
 * Stands in for docker and its engine: the "container" outlives the client, and all that connects the two is
 * the container's stdin, as with the real ones.
 */
const DOCKER = `
[ "$1" = run ] || exit 0
while [ "$1" != redis:8 ]; do shift; done
shift
mkfifo "$FOLDER/stdin.$$"
setsid "$@" <"$FOLDER/stdin.$$" &
exec cat >"$FOLDER/stdin.$$"
`

test('a Redis in a container dies with the process that stands for it, and starts again on its data', async () => {
  await using folder = await temporaryFolder('docker')
  const [docker, binary] = [join(folder.path, 'docker'), join(folder.path, 'redis-server-for-this-test')]
  await writeFile(docker, `#!/bin/sh\nFOLDER=${folder.path}\n${DOCKER}`)
  await writeFile(binary, `#!/bin/sh\nPATH=${folder.path}:$PATH exec ${WRAPPER} "$@"\n`)
  for (const file of [docker, binary]) await chmod(file, 0o755)

  await using server = await startPrivateRedis({ binary, config: { appendfsync: 'always' } })
  const redis = await connectRedis(server.url, { name: 'test' })
  await redis.set('key', 'value')
  expect(await isDown(server.url)).toBe(false)
  redis.disconnect()

  await server.kill('SIGKILL')
  await until(() => isDown(server.url), { within: seconds(5), what: 'end of the container' })

  await server.start()
  const again = await connectRedis(server.url, { name: 'test' })
  expect(await again.get('key')).toBe('value')
  again.disconnect()
})

async function isDown(url: string): Promise<boolean> {
  const redis = await connectRedis(url, { name: 'probe', within: seconds(1) }).catch(() => null)
  redis?.disconnect()
  return redis === null
}

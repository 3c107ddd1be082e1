import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '#kernel/errors.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { entrySource } from '#loadtest/network/entries/entry-source.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import { startService } from '#loadtest/stack/service.ts'

/** What a script is let loose on. Disposing of it stops what is ours. */
export interface K6Target extends AsyncDisposable {
  /** Variables that the script reads. */
  readonly env: Readonly<Record<string, string>>
  readonly description: string
}

export interface K6TargetOptions extends TargetOptions {
  readonly target: string | undefined
  /** Folder for files that the script reads. */
  readonly folder: string
}

type Open = (
  options: K6TargetOptions,
  parts: AsyncDisposableStack,
) => Promise<Pick<K6Target, 'env' | 'description'>>

const STREAM = 'k6_live'
const ENTRIES = 2_000
const RELAY_RATE = 600

/** What each script of ours needs; one of the operator's is given nothing. */
const OPENERS: Readonly<Record<string, Open>> = {
  async append(options, parts) {
    const target = parts.use(await openTarget(options))
    const entries = join(options.folder, 'entries.ndjson')
    await writeFile(entries, `${entrySource(1).next(ENTRIES).join('\n')}\n`)
    return {
      env: { REDIS_URL: target.redisUrl, STREAM, ENTRIES: entries },
      description: `${target.description}, stream "${STREAM}"`,
    }
  },
  async subscribers({ target }, parts) {
    if (target !== undefined) return onLoopback('RELAY_URL', target)
    const source = syntheticNetwork({ seed: 1, accounts: 1_000 })
    const relay = parts.use(await startRelay({ source, rate: RELAY_RATE }))
    return { env: { RELAY_URL: relay.url }, description: `our relay at ${RELAY_RATE} events/s` }
  },
  async http({ target, ...options }, parts) {
    if (target !== undefined) return onLoopback('TARGET_URL', target)
    const redis = parts.use(await openTarget(options))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const ready = async () => (await fetch(`${url}/readyz`)).status === 200
    const args = ['exporter', '--redis-url', redis.redisUrl, '--metrics-port', `${port}`]
    parts.use(await startService({ name: 'exporter', args, ready }))
    return { env: { TARGET_URL: url }, description: `our exporter, on ${redis.description}` }
  },
}

/** Throws `UsageError` for a target that is not on this machine, or a Redis that may not be loaded. */
export async function openK6Target(script: string, options: K6TargetOptions): Promise<K6Target> {
  await using parts = new AsyncDisposableStack()
  const found = await OPENERS[script]?.(options, parts)
  const open = parts.move()
  return {
    env: found?.env ?? {},
    description: found?.description ?? 'whatever the script names',
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

function onLoopback(variable: string, url: string): Pick<K6Target, 'env' | 'description'> {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    throw new UsageError(
      `--target "${url}": k6 is let loose on this machine only; run it there, or give your own script`,
    )
  }
  return { env: { [variable]: url.replace(/\/$/, '') }, description: url }
}

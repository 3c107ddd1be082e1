import type { ArgumentsCamelCase, Argv } from 'yargs'
import { environment } from '#kernel/config/env.ts'
import { variableOf } from '#kernel/config/setting.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { TLS_FILES, type TlsFile, tlsFlag } from '#kernel/redis/tls-files.ts'
import { withTlsFiles } from '#kernel/redis/with-tls-files.ts'
import { flagsOf } from './flags-of.ts'

/** Adds the files for TLS as flags, where a command takes a Redis URL. */
export function withRedisTlsFlags(yargs: Argv): Argv {
  return flagsOf(yargs).includes('redis-url') ? withSettings(yargs, TLS_FILES.map(tlsFlag)) : yargs
}

/**
 * Arguments whose Redis URL names the files of these flags, so that whoever gets the URL gets them. A variable speaks
 * to every command, and so only of a server that has TLS; a flag that goes unused is refused by `withTlsFiles`.
 */
export function foldRedisTlsFlags(
  args: ArgumentsCamelCase,
  env: Readonly<Record<string, string | undefined>> = environment(),
): ArgumentsCamelCase {
  const { redisUrl = '' } = args as { redisUrl?: string }
  const files = TLS_FILES.flatMap((file): [TlsFile, string][] => {
    const path = args[tlsFlag(file)] as string | undefined
    const fromVariable = path === env[variableOf(tlsFlag(file))]
    return path === undefined || (fromVariable && !redisUrl.startsWith('rediss://')) ? [] : [[file, path]]
  })
  if (files.length === 0) return args
  const whole = withTlsFiles(redisUrl, Object.fromEntries(files))
  return { ...args, redisUrl: whole, 'redis-url': whole }
}

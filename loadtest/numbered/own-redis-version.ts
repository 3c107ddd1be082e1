import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { environment } from '#kernel/config/env.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'

const run = promisify(execFile)

/** The version of the redis-server that we start, as it says itself; `unknown version` when it does not. */
export async function ownRedisVersion(): Promise<string> {
  const binary = environment()['STANDPIPE_TEST_REDIS'] ?? findExecutable('redis-server')
  if (!binary) return 'unknown version'
  const { stdout } = await run(binary, ['--version'])
  return /\bv=(\S+)/.exec(stdout)?.[1] ?? 'unknown version'
}

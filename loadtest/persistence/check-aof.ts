import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findRedisServer } from '#kernel/redis/find-redis-server.ts'

/** How a run of redis-check-aof ended, and its lines. */
export interface Checked {
  readonly code: number
  readonly said: readonly string[]
}

/** Runs redis-check-aof over the append-only log below `dir`; `answer` is typed when it asks. */
export async function checkAof(dir: string, flags: readonly string[], answer = ''): Promise<Checked> {
  const manifest = join(dir, 'appendonlydir', 'appendonly.aof.manifest')
  const child = spawn(findCheckAof(), [...flags, manifest], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(answer)
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code: Number(code), said: said.trim().split('\n') }
}

/** The one that came with the server, if it lies there: one of another version does not read its files. */
function findCheckAof(): string {
  const beside = join(dirname(findRedisServer()), 'redis-check-aof')
  return existsSync(beside) ? beside : 'redis-check-aof'
}

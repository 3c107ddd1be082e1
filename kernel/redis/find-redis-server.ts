import { resolve } from 'node:path'
import { environment } from '#kernel/config/env.ts'
import { DependencyError } from '#kernel/errors.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'

/** The program to start a Redis of our own with: what `STANDPIPE_TEST_REDIS` names, and else what is on PATH. */
export function findRedisServer(): string {
  const named = environment()['STANDPIPE_TEST_REDIS']
  // It is started in a folder of its own, where a relative path would mean another file.
  const path = named ? resolve(named) : findExecutable('redis-server')
  if (path !== null) return path
  throw new DependencyError('no redis-server on PATH; install it (Debian: apt-get install redis-server)')
}

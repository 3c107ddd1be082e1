import { spawnSync } from 'node:child_process'
import { DependencyError } from '#kernel/errors.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { type BuildOptions, buildGoTool } from '#loadtest/go-tools/build-go-tool.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { k6 } from '#loadtest/go-tools/k6.ts'

/** How k6 is started: what comes before `run`. */
export interface FoundK6 {
  readonly command: string
  /** Given the names of the variables that it must see; their values stay out of the list of processes. */
  argsFor(variables: readonly string[]): string[]
  /** For the report: where it came from. */
  readonly description: string
}

export interface K6Needs extends BuildOptions {
  /** Whether the script imports `k6/x/redis`, which a k6 as it is shipped lacks. */
  readonly redis: boolean
  /** Folders that a container must see. */
  readonly folders: readonly string[]
}

const IMAGE = 'grafana/k6:2.1.0'

/**
 * The k6 on PATH if it can do what is needed, the one in .tools, one that is built now where Go is present, else the
 * container. Throws `DependencyError` when there is none.
 */
export async function findK6({ redis, folders, ...build }: K6Needs): Promise<FoundK6> {
  const onPath = findExecutable('k6')
  if (onPath !== null && (!redis || hasRedis(onPath))) return local(onPath)
  const there = builtAt(k6)
  if (there !== null) return local(there)
  if (findExecutable('go') !== null) return local(await buildGoTool(k6, build))
  const docker = findExecutable('docker')
  if (docker !== null && !redis) return inContainer(docker, folders)
  const lacks =
    onPath !== null && redis ? `"${onPath}" has no k6/x/redis, and there is no other` : 'there is no k6'
  throw new DependencyError(
    `${lacks}; install Go, from which it is built, or put a k6 with xk6-redis on PATH`,
  )
}

function hasRedis(path: string): boolean {
  return spawnSync(path, ['version'], { encoding: 'utf8' }).stdout.includes('k6/x/redis')
}

function local(path: string): FoundK6 {
  const { stdout } = spawnSync(path, ['version'], { encoding: 'utf8' })
  const [version = 'k6'] = stdout.split('\n')
  return { command: path, argsFor: () => [], description: version }
}

function inContainer(docker: string, folders: readonly string[]): FoundK6 {
  const mounts = [...new Set(folders)].flatMap((folder) => ['-v', `${folder}:${folder}`])
  return {
    command: docker,
    argsFor: (variables) => [
      'run',
      '--rm',
      '--network',
      'host',
      '--user',
      '0',
      ...mounts,
      ...variables.flatMap((name) => ['-e', name]),
      IMAGE,
    ],
    description: `container ${IMAGE}`,
  }
}

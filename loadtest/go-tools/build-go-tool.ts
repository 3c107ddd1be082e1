import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import { startChild } from '#kernel/process/child.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { binaryOf, builtAt } from './built-at.ts'
import type { GoTool } from './go-tool.ts'

export interface BuildOptions {
  readonly signal: AbortSignal
  /** One line of progress. */
  readonly tell: (line: string) => void
}

/**
 * Builds a tool from the Go module proxy and returns where it is; one that is there is not built again. Throws
 * `DependencyError` where Go is missing or the build fails.
 */
export async function buildGoTool(tool: GoTool, { signal, tell }: BuildOptions): Promise<string> {
  const there = builtAt(tool)
  if (there !== null) return there
  const go = findExecutable('go')
  const { name, version, takes } = tool
  if (go === null) {
    throw new DependencyError(`cannot build ${name}: there is no "go" on PATH; install Go 1.25 or newer`)
  }
  signal.throwIfAborted()
  tell(`building ${name} ${version} with Go, once: ${takes}`)
  await using folder = await temporaryFolder(`build-${name}`)
  await writeFile(join(folder.path, 'go.mod'), moduleOf(tool))
  await writeFile(join(folder.path, 'main.go'), tool.main)
  const built = join(folder.path, name)
  await using child = await startChild(go, ['build', '-trimpath', '-o', built, tool.program ?? '.'], {
    name: `go build ${name}`,
    cwd: folder.path,
    env: { GOFLAGS: '-mod=mod -buildvcs=false' },
  })
  const stop = () => child.signal('SIGTERM')
  signal.addEventListener('abort', stop)
  const code = await child.ended.finally(() => signal.removeEventListener('abort', stop))
  signal.throwIfAborted()
  if (code !== 0) {
    throw new DependencyError(`cannot build ${name} ${version}: ${child.output.slice(-3).join('; ')}`)
  }
  const path = binaryOf(tool)
  await mkdir(dirname(path), { recursive: true })
  await moveTo(built, path)
  return path
}

/** `go build` finds out what else is needed. */
function moduleOf({ name, requires }: GoTool): string {
  const lines = Object.entries(requires).map(([path, version]) => `require ${path} ${version}\n`)
  return `module standpipe.example/${name}\n\ngo 1.25\n\n${lines.join('')}`
}

/** Under its own name only when it is whole; a temporary folder may lie on another disk. */
async function moveTo(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to)
}

import { execFile } from 'node:child_process'
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'

const ROOT = join(import.meta.dirname, '../..')
const run = promisify(execFile)

test('what is packed runs under node_modules, from any folder, by its link', async () => {
  await using folder = await temporaryFolder('packed')
  const home = join(folder.path, 'with space/node_modules')
  await mkdir(join(home, '.bin'), { recursive: true })
  const { stdout: packed } = await run('npm', ['pack', '--json', '--pack-destination', folder.path], {
    cwd: ROOT,
  })
  const { filename } = firstPackage(packed)
  await run('tar', ['xzf', join(folder.path, filename), '-C', home])
  // The packages that it depends on are those of the clone; installing them is npm's business.
  await symlink(join(ROOT, 'node_modules'), join(home, 'package/node_modules'))
  const command = join(home, '.bin/standpipe')
  await symlink('../package/bin/standpipe', command)

  const here = await run(join(ROOT, 'bin/standpipe'), ['--help'])
  const there = await run(command, ['--help'], { cwd: folder.path })
  expect(there).toEqual(here)
  expect(there.stderr).toBe('')

  const audit = await run(command, ['audit', '--list'], { cwd: folder.path })
  expect(audit.stdout).toContain('eviction-policy')

  const files = await readdir(join(home, 'package'), { recursive: true })
  const ours = files.filter((file) => !file.startsWith('node_modules'))
  expect(ours).toContain('LICENSE')
  expect(ours.filter((file) => /\.test\.ts$|^(test|bench|reports\/out|\.)/.test(file))).toEqual([])
})

/** npm 11 writes a list, npm 12 an object by name. */
function firstPackage(json: string): { filename: string } {
  const parsed = JSON.parse(json) as Record<string, { filename: string }>
  const [first] = Object.values(parsed)
  if (!first) throw new Error('npm pack packed nothing')
  return first
}

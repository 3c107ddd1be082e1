import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { missingTools } from '#test/support/require-tool.ts'

const WRITE = `
  import { writeReport } from '${new URL('../../reports/write-report.ts', import.meta.url).href}'
  import { aReport } from '${new URL('../support/a-report.ts', import.meta.url).href}'
  try {
    console.log('written', (await writeReport(aReport())).folder)
  } catch (error) {
    console.log(error.name, error.message)
  }`

const missing = missingTools('unshare', 'mount') ?? whyNoNamespace()

/** A file system of our own needs a namespace of our own; some containers do not give one. */
function whyNoNamespace(): string | null {
  const { status, stderr } = spawnSync('unshare', ['-Urm', 'true'], { encoding: 'utf8' })
  return status === 0 ? null : `no namespace of our own here: ${stderr.trim()}`
}

/** Writes the report into a small file system, prepared by `prepare`, and says what happened and what is there. */
async function writeInto(size: string, prepare = 'true'): Promise<string> {
  await using folder = await temporaryFolder('full')
  const script = `mount -t tmpfs -o size=${size} tmpfs "$1" && cd "$1" && ${prepare} && "$2" --input-type=module -e "$3"; find . -type f`
  const argv = ['-Urm', 'sh', '-c', script, 'sh', folder.path, process.execPath, WRITE]
  const { stdout, stderr } = spawnSync('unshare', argv, { encoding: 'utf8', timeout: 60_000 })
  return stdout + stderr
}

describe.skipIf(missing)(`a disk that takes no report${missing ? ` (${missing})` : ''}`, () => {
  test('a disk with room gets all three files', async () => {
    const said = await writeInto('4m')
    expect(said).toContain('written reports/out/preflight-20260803T120000Z')
    expect(said.match(/report\.(html|json|md)$/gm)).toHaveLength(3)
  })

  test('a run that began in the same second as another gets a folder of its own', async () => {
    const said = await writeInto('4m', 'mkdir -p reports/out/preflight-20260803T120000Z')
    expect(said).toContain('written reports/out/preflight-20260803T120000Z-2')
  })

  test('a full disk is an error in a sentence, and no part of a report stays', async () => {
    const said = await writeInto('64k')
    expect(said).toMatch(/^DependencyError cannot write the report to ".+": ENOSPC: .+; make room there/)
    expect(said).not.toMatch(/report\.|draft/)
  })

  test('a read-only folder is an error in a sentence', async () => {
    const said = await writeInto('4m', 'mount -o remount,ro .')
    expect(said).toMatch(/^DependencyError cannot write the report to ".+": EROFS: .+name another folder/)
  })
})

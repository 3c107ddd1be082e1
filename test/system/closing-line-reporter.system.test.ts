import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'

const REPORTER = join(import.meta.dirname, '../support/closing-line-reporter.ts')
const VITEST = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
const IMPORT = `import { beforeAll, describe, expect, test } from ${JSON.stringify(import.meta.resolve('vitest'))}\n`

/** Runs vitest on files with these bodies, in a folder of their own, with our reporter alone. */
async function run(...bodies: string[]): Promise<{ code: number; lastLine: string }> {
  await using folder = await temporaryFolder('reporter')
  for (const [index, body] of bodies.entries()) {
    await writeFile(join(folder.path, `${index}.test.ts`), IMPORT + body)
  }
  const args = [VITEST, 'run', '--root', folder.path, '--reporter', REPORTER]
  return await new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout) => {
      const lastLine = stdout.trimEnd().split('\n').at(-1) ?? ''
      resolve({ code: Number(error?.code ?? 0), lastLine })
    })
  })
}

test('the last line counts what passed, failed and was skipped', async () => {
  const body = `
    test('a', () => {})
    test('b', () => {})
    test('c', () => expect(1).toBe(2))
    test.skip('d', () => {})
    test('e', ({ skip }) => skip('not here'))
    test.todo('f')`
  expect(await run(body)).toEqual({ code: 1, lastLine: '2 passed, 1 failed, 3 skipped' })
})

test('a run in which all is well says so', async () => {
  expect(await run(`test('a', () => {})`, `test('b', () => {})`)).toEqual({
    code: 0,
    lastLine: '2 passed, 0 failed, 0 skipped',
  })
})

test('a file that cannot be loaded, a hook that throws and a stray error are failures', async () => {
  const unloadable = `throw new Error('no')`
  const hook = `describe('s', () => { beforeAll(() => { throw new Error('no') }); test('a', () => {}) })`
  const stray = `test('a', () => { void Promise.reject(new Error('stray')) })`
  expect(await run(unloadable, hook, stray)).toEqual({ code: 1, lastLine: '1 passed, 3 failed, 1 skipped' })
})

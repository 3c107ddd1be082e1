import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { lockFolder } from './lock-folder.ts'

test('a folder is locked for one holder at a time', async () => {
  await using folder = await temporaryFolder('lock')
  const path = join(folder.path, 'database')
  {
    await using _lock = await lockFolder(path)
    await expect(lockFolder(path)).rejects.toThrow(`process ${process.pid} uses the embedded database`)
  }
  await using _again = await lockFolder(path)
})

test.each([
  { holder: 'a process that is gone', lock: '999999999 1' },
  { holder: 'an earlier process with our ID, as in a restarted container', lock: `${process.pid} 1` },
  { holder: 'nobody, because the write was cut short', lock: '' },
])('the lock of $holder is taken over', async ({ lock }) => {
  await using folder = await temporaryFolder('lock')
  await writeFile(join(folder.path, 'database.lock'), lock)
  await using _lock = await lockFolder(join(folder.path, 'database'))
})

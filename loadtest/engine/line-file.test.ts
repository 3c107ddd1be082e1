import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { openLineFile } from './line-file.ts'

test('a full disk is said in one sentence, with what to do', () => {
  using file = openLineFile('/dev/full')
  expect(() => file.write({ from: 1, upTo: 2 })).toThrow(
    /^cannot write the ledger "\/dev\/full": ENOSPC.*; make room there, or name another folder with --ledger$/,
  )
})

test('control: a disk with room takes the line', async () => {
  await using folder = await temporaryFolder('line-file')
  const path = join(folder.path, 'lines.ndjson')
  {
    using file = openLineFile(path)
    file.write({ from: 1, upTo: 2 })
  }
  expect(readFileSync(path, 'utf8')).toBe('{"from":1,"upTo":2}\n')
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { expectedIndexes } from './expected-indexes.ts'
import { renderIndex } from './render-index.ts'
import { writeGeneratedFiles } from './write-generated-files.ts'

const registry = {
  folder: 'pond/frogs',
  list: 'frogs',
  type: 'Frog',
  module: '#pond/frog.ts',
  says: 'Every frog.',
}

test('an index imports every declaration and lists it, in the order of the ids', () => {
  expect(renderIndex(registry, ['tree-frog', 'bull-frog'])).toBe(
    [
      "import type { Frog } from '#pond/frog.ts'",
      "import bullFrog from './bull-frog.ts'",
      "import treeFrog from './tree-frog.ts'",
      '',
      '/** Every frog. Written by `standpipe docs --write` from the files of this folder. */',
      'export const frogs: readonly Frog[] = [bullFrog, treeFrog]',
      '',
    ].join('\n'),
  )
})

test('a list too long for a line is written one to a line, as the formatter wants it', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `frog-number-${index}`)
  expect(renderIndex(registry, ids)).toContain(' = [\n  frogNumber0,\n  frogNumber1,\n  frogNumber10,\n')
})

test('a file that is not named like an id is refused', () => {
  expect(() => renderIndex(registry, ['Tree_Frog'])).toThrow('not a kebab-case id: "Tree_Frog"')
})

test('tests and the index itself are not declarations; an absent folder has no index', async () => {
  await using root = await temporaryFolder('catalogue')
  mkdirSync(join(root.path, 'pond/frogs'), { recursive: true })
  for (const name of ['bull-frog.ts', 'bull-frog.test.ts', 'index.ts', 'notes.md']) {
    writeFileSync(join(root.path, 'pond/frogs', name), '')
  }
  const files = expectedIndexes(root.path, [registry, { ...registry, folder: 'pond/newts' }])
  expect(files).toEqual([{ path: 'pond/frogs/index.ts', text: renderIndex(registry, ['bull-frog']) }])
  expect(writeGeneratedFiles(root.path, files)).toEqual(['pond/frogs/index.ts'])
  expect(writeGeneratedFiles(root.path, files)).toEqual([])
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { blocksIn } from '#docs/fill-blocks.ts'
import { gatherCatalogue } from '#docs/gather-catalogue.ts'
import { generatedFiles, pagesIn } from '#docs/generated-files.ts'
import { renderBlocks } from '#docs/render-blocks.ts'
import { staleFiles } from '#kernel/catalogue/write-generated-files.ts'
import { commands } from '../cli.ts'

const ROOT = '.'
const catalogue = await gatherCatalogue(ROOT, commands)
const blocks = Object.entries(renderBlocks(catalogue)).map(([name, text]) => ({ name, text }))

test('what is committed is what `npm run docs` writes', () => {
  const files = generatedFiles(ROOT, catalogue)
  expect(files.length).toBeGreaterThan(10)
  expect(staleFiles(ROOT, files)).toEqual([])
})

test('a page would be stale if a command were renamed, and only then', () => {
  const [first, ...others] = commands
  const renamed = first ? [{ ...first, name: 'renamed' }, ...others] : []
  expect(staleFiles(ROOT, generatedFiles(ROOT, { ...catalogue, commands: renamed }))).toContain('README.md')
})

test.each(blocks)('the block $name is shown on a page, and has rows', ({ name, text }) => {
  const shown = pagesIn(ROOT).flatMap((page) => blocksIn(readFileSync(page, 'utf8')))
  expect(shown).toContain(name)
  expect(text.split('\n').length).toBeGreaterThan(2)
})

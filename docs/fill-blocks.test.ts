import { expect, test } from 'vitest'
import { blocksIn, fillBlocks } from './fill-blocks.ts'
import { toTable } from './table.ts'

const page = (inside: string) => `before\n<!-- generated:frogs -->\n${inside}<!-- /generated -->\nafter\n`

test('a block is written anew, and what is around it stays', () => {
  const filled = fillBlocks(page('old\n'), { frogs: 'new' })
  expect(filled).toBe(page('\nnew\n\n'))
  expect(fillBlocks(filled, { frogs: 'new' })).toBe(filled)
})

test('text that looks like a replacement pattern is written as it is', () => {
  expect(fillBlocks(page(''), { frogs: "$& $1 $'" })).toContain("\n$& $1 $'\n")
})

test('a page may have several blocks, or none', () => {
  expect(blocksIn(page('') + page(''))).toEqual(['frogs', 'frogs'])
  expect(fillBlocks('nothing here', {})).toBe('nothing here')
})

test('a block that nobody renders is refused', () => {
  expect(() => fillBlocks(page(''), { newts: '' })).toThrow('nobody renders the block "frogs"')
})

test('a marker without its partner is refused', () => {
  expect(() => fillBlocks('<!-- generated:frogs -->\nno end', { frogs: '' })).toThrow('no partner')
  expect(() => fillBlocks('no begin\n<!-- /generated -->', {})).toThrow('no partner')
})

test('a pipe or a line break in a cell cannot break the table', () => {
  expect(toTable(['a', 'b'], [['x|y', 'one\n  two']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | one two |')
})

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

test.each(['firehose_live:dead-letters', 'a b', "it's", '$(rm -rf /)', '{f};ls', '"\\xff"', '', '*'])(
  'a shell reads %s as the one word that it is',
  (name) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(name)}`], { encoding: 'utf8' })).toBe(name)
  },
)

test('a plain name needs no quotes', () => {
  expect(shellWord('firehose_live')).toBe('firehose_live')
})

import { expect, test } from 'vitest'
import { parseClientName, toClientName } from './client-name.ts'

test('a name of ours tells its process again', () => {
  expect(parseClientName(toClientName('index:indexer-1'))).toEqual({
    name: 'index:indexer-1',
    process: expect.stringMatching(new RegExp(`:${process.pid}$`)),
  })
})

test.each(['', 'sidekiq', 'a@b', 'user@host:port'])('"%s" tells none', (name) => {
  expect(parseClientName(name)).toEqual({ name, process: null })
})

test('what Redis would refuse in a name is not in it', () => {
  expect(toClientName('index:a b\nc')).toMatch(/^index:a-b-c@/)
})

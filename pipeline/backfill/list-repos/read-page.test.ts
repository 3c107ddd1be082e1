import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { readPage } from './read-page.ts'

const HOST = 'https://relay.test'
const did = 'did:plc:abcdefghijklmnopqrstuvwx'

test('reads repos and cursor; an item that names no repo is counted', () => {
  const repos = [
    { did, head: 'x', rev: '3k', active: false, status: 'deactivated' },
    { did: 'x' },
    null,
    { did },
  ]
  expect(readPage(HOST, { cursor: '7', repos })).toEqual({
    cursor: '7',
    rejected: 2,
    repos: [
      { did, host: HOST, rev: '3k', status: 'deactivated', active: false },
      { did, host: HOST, rev: '', status: null, active: true },
    ],
  })
})

test('a page of any shape is read, or is a malformed answer', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({ repos: fc.array(fc.anything()), cursor: fc.anything() }),
  )
  fc.assert(
    fc.property(anything, (body) => {
      try {
        const { repos, rejected } = readPage(HOST, body)
        expect(repos.length + rejected).toBe((body as { repos: unknown[] }).repos.length)
      } catch (error) {
        expect(error).toBeInstanceOf(RepoError)
        expect((error as RepoError).reason).toBe('malformed-answer')
      }
    }),
  )
})

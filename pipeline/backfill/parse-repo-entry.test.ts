import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REPO_FIELD } from '#pipeline/contract.ts'
import { parseRepoEntry } from './parse-repo-entry.ts'

const did = 'did:plc:abcdefghijklmnopqrstuvwx'

test('reads the DID, whatever else is there', () => {
  const text = JSON.stringify({
    did,
    host: 'https://relay.test',
    rev: '3k',
    status: null,
    active: true,
    more: 1,
  })
  expect(parseRepoEntry('1-0', ['other', 'x', REPO_FIELD, text])).toEqual({ id: '1-0', did, round: null })
})

test('reads the round of repair that asked for it, unless it is no text', () => {
  const roundOf = (round: unknown) => parseRepoEntry('1-0', [REPO_FIELD, JSON.stringify({ did, round })])
  expect([roundOf('r1'), roundOf(7)]).toMatchObject([{ round: 'r1' }, { round: null }])
})

test('any text is a DID or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const entry = parseRepoEntry('1-0', [REPO_FIELD, text])
      if ('reason' in entry) expect(['not-json', 'malformed-repo']).toContain(entry.reason)
      else expect(entry.did).toMatch(/^did:/)
    }),
  )
})

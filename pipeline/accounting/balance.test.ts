import { describe, expect, test } from 'vitest'
import { balance, type Terms } from './balance.ts'

const someTerms = (with_: Partial<Terms> = {}): Terms => ({
  opening: 10,
  added: 90,
  acknowledged: 60,
  deadLettered: 5,
  lostBodies: 0,
  pending: 15,
  bodiless: 0,
  undelivered: 20,
  unread: 0,
  ...with_,
})

describe(balance, () => {
  test('what was settled and what is still there make up what was owed', () => {
    expect(balance(someTerms())).toMatchObject({ verdict: 'pass', lost: 0 })
  })

  test.each([
    { why: 'an entry that is nowhere', terms: { undelivered: 19 }, lost: 1 },
    { why: 'an acknowledgement that nobody counted', terms: { acknowledged: 53 }, lost: 7 },
    { why: 'bodies gone, acknowledged as such', terms: { acknowledged: 57, lostBodies: 3 }, lost: 3 },
    { why: 'bodies gone of what is pending', terms: { bodiless: 4 }, lost: 4 },
    { why: 'both at once', terms: { bodiless: 4, undelivered: 18 }, lost: 6 },
  ])('$why is a loss of $lost', ({ terms, lost }) => {
    expect(balance(someTerms(terms))).toMatchObject({ verdict: 'fail', lost, isLeast: false })
  })

  test('a term that is not known is unknown, never a pass, and the reason is passed on', () => {
    expect(balance(someTerms({ undelivered: null }), 'the lag is NULL')).toMatchObject({
      verdict: 'unknown',
      lost: null,
      says: 'the lag is NULL',
    })
    expect(balance(someTerms({ acknowledged: null }))).toMatchObject({ verdict: 'unknown', lost: null })
  })

  test('a loss that is certain is one, whatever else is not known', () => {
    const failed = { verdict: 'fail', lost: 4, isLeast: true }
    expect(balance(someTerms({ undelivered: null, bodiless: 4 }))).toMatchObject(failed)
    expect(balance(someTerms({ acknowledged: null, bodiless: 4 }))).toMatchObject(failed)
    expect(balance(someTerms({ acknowledged: null, unread: 4 }))).toMatchObject(failed)
    expect(balance(someTerms({ acknowledged: 90, bodiless: 4 }))).toMatchObject(failed)
  })

  test('more settled than owed proves nothing', () => {
    expect(balance(someTerms({ acknowledged: 61 }))).toMatchObject({ verdict: 'unknown', lost: null })
  })

  test('nothing owed is no pass', () => {
    const none = { opening: 0, added: 0, acknowledged: 0, deadLettered: 0, pending: 0, undelivered: 0 }
    expect(balance(someTerms(none))).toMatchObject({ verdict: 'not-applicable', lost: 0 })
  })
})

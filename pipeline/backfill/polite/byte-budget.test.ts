import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createByteBudget } from './byte-budget.ts'

const { signal } = new AbortController()

test('beyond the budget only the eldest goes on', async () => {
  const budget = createByteBudget(100)
  const eldest = budget.open()
  const younger = budget.open()
  await eldest.take(60, signal)
  await younger.take(40, signal)
  let hasMore = false
  const more = younger.take(1, signal).then(() => {
    hasMore = true
  })
  await eldest.take(500, signal)
  expect([hasMore, budget.held]).toEqual([false, 600])
  eldest[Symbol.dispose]()
  await more
  younger[Symbol.dispose]()
  expect(budget.held).toBe(0)
})

test('whoever waits can give up', async () => {
  const budget = createByteBudget(10)
  using eldest = budget.open()
  using younger = budget.open()
  await eldest.take(10, signal)
  const impatient = AbortSignal.timeout(5)
  await expect(younger.take(1, impatient)).rejects.toThrow('timeout')
  expect(budget.held).toBe(10)
})

test('downloads of any sizes all come to their end, and hold no more than the budget and one of them', async () => {
  const sizes = fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 10 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(sizes, async (downloads) => {
      const budget = createByteBudget(100)
      const largest = Math.max(0, ...downloads.map((chunks) => chunks.reduce((sum, chunk) => sum + chunk, 0)))
      await Promise.all(
        downloads.map(async (chunks) => {
          using account = budget.open()
          for (const chunk of chunks) {
            await account.take(chunk, signal)
            expect(budget.held).toBeLessThanOrEqual(100 + largest)
          }
        }),
      )
      expect(budget.held).toBe(0)
    }),
  )
})

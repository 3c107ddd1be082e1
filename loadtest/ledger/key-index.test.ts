import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyIndex } from './key-index.ts'

test('it answers as a Map of strings would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 200 }), (keys) => {
      const index = createKeyIndex()
      const model = new Map<string, number>()
      for (const key of keys) {
        if (!model.has(key)) model.set(key, model.size)
        expect(index.add(key)).toBe(model.get(key))
      }
      for (const key of [...keys, 'never added']) expect(index.find(key)).toBe(model.get(key) ?? -1)
      expect(index.size).toBe(model.size)
    }),
  )
})

test('a hundred thousand keys that differ little keep their places while it grows', () => {
  const index = createKeyIndex()
  const key = (number: number) => `did:plc:account create 3rev${number} app.bsky.feed.post/${number}`
  for (let number = 0; number < 100_000; number++) index.add(key(number))
  expect(index.size).toBe(100_000)
  let wrong = 0
  for (let number = 0; number < 100_000; number++) if (index.find(key(number)) !== number) wrong++
  expect(wrong).toBe(0)
  expect(index.find(key(100_000))).toBe(-1)
})

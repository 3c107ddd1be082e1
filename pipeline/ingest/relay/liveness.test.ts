import { expect, test } from 'vitest'
import { judgeLiveness } from './liveness.ts'

test.each([
  { anything: 0, message: 0, now: 20, judgement: 'alive' },
  { anything: 0, message: 0, now: 21, judgement: 'no-pong' },
  { anything: 100, message: 0, now: 100, judgement: 'alive' },
  { anything: 101, message: 0, now: 101, judgement: 'idle' },
])(
  '$judgement at $now after a pong at $anything and a message at $message',
  ({ now, judgement, ...heard }) => {
    expect(judgeLiveness(heard, now, { ping: 10, idle: 100 })).toBe(judgement)
  },
)

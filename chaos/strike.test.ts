import { expect, test } from 'vitest'
import { aDrill } from '#test/support/drill.ts'
import type { Fault, Injury } from './fault.ts'
import { planStrike } from './strike.ts'
import type { Target } from './target.ts'

const nobody = {} as Target
const signal = new AbortController().signal

function recorded(name: string, log: string[], over: Partial<Injury> = {}): Fault {
  return {
    name,
    against: () => ({
      async inject() {
        log.push(`inject ${name}`)
        return { bit: true, detail: 'hit' }
      },
      async lift() {
        log.push(`lift ${name}`)
      },
      ...over,
    }),
  }
}

test('faults are lifted in reverse', async () => {
  const log: string[] = []
  const strike = planStrike(aDrill({ faults: [recorded('a', log), recorded('b', log)] }), nobody)
  await strike.inject(signal)
  await strike.lift()
  expect(log).toEqual(['inject a', 'inject b', 'lift b', 'lift a'])
})

test('all are lifted, also when one was never injected and another cannot be lifted', async () => {
  const log: string[] = []
  const stuck = recorded('stuck', log, { lift: () => Promise.reject(new Error('it will not')) })
  const failing = recorded('failing', log, { inject: () => Promise.reject(new Error('no')) })
  const strike = planStrike(
    aDrill({ faults: [recorded('a', log), stuck, failing, recorded('b', log)] }),
    nobody,
  )
  await expect(strike.inject(signal)).rejects.toThrow('no')
  await strike.lift()
  expect(log).toEqual(['inject a', 'inject stuck', 'lift b', 'lift failing', 'lift a'])
  expect(strike.notLifted).toEqual(['stuck: it will not'])
})

test('what shows only after the lift can take a proof back', async () => {
  const confirm = async () => ({ bit: false, detail: 'the run id is the same' })
  const strike = planStrike(aDrill({ faults: [recorded('a', [], { confirm })] }), nobody)
  await strike.inject(signal)
  expect(strike.proofs).toEqual([{ fault: 'a', bit: true, detail: 'hit' }])
  await strike.confirm()
  expect(strike.proofs).toEqual([{ fault: 'a', bit: false, detail: 'hit; the run id is the same' }])
})

import { expect, test } from 'vitest'
import type { ReadBack } from '../capacity/read-back.ts'
import type { DiskFullRun } from './disk-full-run.ts'
import type { Recovery } from './recovery.ts'
import { toDiskFullSection } from './to-disk-full-section.ts'
import { toReadySection } from './to-ready-section.ts'
import { toRecoverySection } from './to-recovery-section.ts'

const whole = (entries: number): ReadBack => ({
  asked: entries,
  read: entries,
  equal: entries,
  altered: 0,
  missing: 0,
  unexpected: 0,
  examples: [],
})

const aRecovery = (changes: Partial<Recovery> = {}): Recovery => ({
  injury: { id: 'kill', title: '?', mayLose: false, mustRefuse: false },
  proof: { bit: true, detail: 'process 7 ended by SIGKILL' },
  acknowledged: 1_000,
  indeterminate: 200,
  refusedToStart: null,
  mended: null,
  readySeconds: 0.1,
  aofBytes: 600_000,
  cameBack: whole(1_000),
  cursor: 1_000,
  arrivals: [
    [0, 0],
    [1, 1_000],
  ],
  lostSeconds: null,
  replayed: 0,
  afterReplay: whole(1_000),
  ...changes,
})

const powerLoss = { id: 'power-loss', title: '?', mayLose: true, mustRefuse: false }
const corruption = { id: 'middle-corruption', title: '?', mayLose: true, mustRefuse: true }
const verdictOf = (changes: Partial<Recovery>) => toRecoverySection(aRecovery(changes)).verdict

test('all back passes, also with what was under way when Redis died', () => {
  expect(verdictOf({})).toBe('pass')
  expect(verdictOf({ cameBack: whole(1_200), cursor: 1_200, afterReplay: whole(1_200) })).toBe('pass')
})

test('one acknowledged entry lost fails where none may be, and is told where the disk had not got it yet', () => {
  const lost = { cameBack: whole(999), cursor: 999, lostSeconds: 0.5, replayed: 1 }
  expect(verdictOf(lost)).toBe('fail')
  const section = toRecoverySection(aRecovery({ ...lost, injury: powerLoss }))
  expect(section.verdict).toBe('pass')
  expect(section.answer).toContain("the relay's replay repaired 1 of 1")
})

test('one entry that the replay did not repair fails, whatever the injury', () => {
  const afterReplay = { ...whole(1_000), read: 999, equal: 999, missing: 1 }
  expect(verdictOf({ injury: powerLoss, cameBack: whole(900), cursor: 900, afterReplay })).toBe('fail')
})

test('a hole in what came back, or a cursor ahead of it, fails', () => {
  const altered = { ...whole(1_000), equal: 999, altered: 1 }
  expect(verdictOf({ injury: powerLoss, cameBack: altered })).toBe('fail')
  expect(verdictOf({ injury: powerLoss, cameBack: whole(900), cursor: 1_000 })).toBe('fail')
})

test('a start on a corrupt file fails, and a refusal to start on a good one', () => {
  const mended = { cameBack: whole(500), cursor: 500 }
  expect(verdictOf({ ...mended, injury: corruption })).toBe('fail')
  expect(verdictOf({ ...mended, injury: corruption, refusedToStart: 'Bad file format' })).toBe('pass')
  expect(verdictOf({ refusedToStart: 'Bad file format' })).toBe('fail')
})

test('an injury that is not proven, or that met no entries, is unknown', () => {
  expect(verdictOf({ proof: { bit: false, detail: 'nothing was cut' } })).toBe('unknown')
  expect(verdictOf({ acknowledged: 0, cameBack: whole(0), cursor: null, afterReplay: whole(0) })).toBe(
    'unknown',
  )
})

const aFullDisk = (changes: Partial<DiskFullRun> = {}): DiskFullRun => ({
  diskBytes: 1e6,
  filled: 900,
  refusal: 'MISCONF Errors writing to the AOF file: No space left on device',
  ping: 'MISCONF',
  readable: 900,
  backSeconds: 0.1,
  acknowledged: 1_000,
  onDisk: whole(1_000),
  ...changes,
})

test('a full disk passes when it refused, came back and lost nothing; unknown when it was never full', () => {
  const judged = (changes: Partial<DiskFullRun>) => toDiskFullSection('?', aFullDisk(changes)).verdict
  expect(judged({})).toBe('pass')
  expect(judged({ refusal: null })).toBe('unknown')
  expect(judged({ backSeconds: null })).toBe('fail')
  expect(judged({ onDisk: { ...whole(1_000), equal: 999, read: 999, missing: 1 } })).toBe('fail')
})

test('no restart tells no time', () => {
  expect(toReadySection('?', []).verdict).toBe('unknown')
  expect(toReadySection('?', [{ entries: 10, aofBytes: 1_024 ** 3, seconds: 4 }]).answer).toContain(
    '4 s per GiB',
  )
})

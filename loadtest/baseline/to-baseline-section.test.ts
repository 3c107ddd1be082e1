import { expect, test } from 'vitest'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import type { CellRun } from './cell.ts'
import { toBaselineSection } from './to-baseline-section.ts'

const aRun = (command: string, calls: number, changes: Partial<CellRun> = {}): CellRun => {
  const latencies = createLatencies()
  if (calls > 0) latencies.record(1, calls)
  return {
    cell: { command, payloadBytes: 600, depth: 0, pending: 0, clients: 8 },
    entriesPerCall: command === 'append' ? 100 : 1,
    tookMs: 1_000,
    latencies,
    busy: 0.5,
    ...changes,
  }
}

const verdictOf = (...runs: readonly CellRun[]) => toBaselineSection('?', runs, []).verdict

test('squares that were called pass, and tell only the percentiles that their calls carry', () => {
  const section = toBaselineSection('?', [aRun('XADD', 500)], [])
  expect(section.verdict).toBe('pass')
  expect(section.statements[0]?.says).toMatch(/^500 entries\/s, p50 .* p99 [^,]*, max/)
  expect(section.plots[0]?.series).toHaveLength(1)
})

test('a square in which nothing was called is unknown, and so is a matrix without squares', () => {
  expect(verdictOf(aRun('XADD', 500), aRun('XTRIM', 0))).toBe('unknown')
  expect(verdictOf()).toBe('unknown')
})

test('an append that the network outruns fails, one that has little to spare warns', () => {
  expect(verdictOf(aRun('append', 100))).toBe('pass')
  expect(verdictOf(aRun('append', 100), aRun('append', 30))).toBe('warn')
  expect(verdictOf(aRun('append', 100), aRun('append', 19))).toBe('fail')
  expect(verdictOf(aRun('append', 100), aRun('append', 0))).toBe('unknown')
})

test('a square in which this process was the limit says so', () => {
  const [statement] = toBaselineSection('?', [aRun('SET', 9, { busy: 0.99 })], []).statements
  expect(statement?.says).toContain('this process was the limit')
})

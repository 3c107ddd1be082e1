import type { Statement } from '#kernel/report/report.ts'
import type { WorkerResult } from './worker-result.ts'

/** Share of the time of the slowest in which all machines must have been at it. */
const TOGETHER = 0.8

/**
 * Whether these results are one run: every machine once, of the same scenario, on the same Redis, at the same time.
 * Whatever is missing makes the whole unknown: the events of a machine that nobody heard of may be lost.
 */
export function judgeWorkers(results: readonly WorkerResult[]): Statement[] {
  return [judgePresence(results), judgeSameness(results), judgeTimes(results)]
}

function judgePresence(results: readonly WorkerResult[]): Statement {
  const of = Math.max(...results.map(({ worker }) => worker.of))
  const heard = results.map(({ worker }) => worker.index)
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (index) => !heard.includes(index),
  )
  const twice = heard.filter((index, place) => heard.indexOf(index) !== place)
  const wrong = [
    ...(missing.length > 0 ? [`no result of worker ${missing.join(', ')}`] : []),
    ...(twice.length > 0 ? [`several results of worker ${twice.join(', ')}`] : []),
    ...(results.some(({ worker }) => worker.of !== of) ? ['results of runs of different sizes'] : []),
  ]
  return {
    subject: 'workers',
    verdict: wrong.length === 0 ? 'pass' : 'unknown',
    says: wrong.length === 0 ? `all ${of} told what they did` : wrong.join('; '),
    expected: `one result of each of ${of}`,
    why: 'Events of a worker that nobody heard of may be lost.',
  }
}

function judgeSameness(results: readonly WorkerResult[]): Statement {
  const kinds = new Set(results.map(({ scenario, seed, redis }) => JSON.stringify([scenario, seed, redis])))
  return {
    subject: 'what they ran',
    verdict: kinds.size === 1 ? 'pass' : 'unknown',
    says: kinds.size === 1 ? 'the same scenario, seed and Redis' : `${kinds.size} different runs`,
    expected: 'the same scenario, seed and Redis',
  }
}

function judgeTimes(results: readonly WorkerResult[]): Statement {
  const starts = results.map(({ startedAt }) => Date.parse(startedAt))
  const ends = results.map(({ startedAt, run }) => Date.parse(startedAt) + run.loadMs)
  const together = Math.max(0, Math.min(...ends) - Math.max(...starts))
  const longest = Math.max(...results.map(({ run }) => run.loadMs))
  const share = longest > 0 ? together / longest : 0
  return {
    subject: 'when they ran',
    verdict: share >= TOGETHER ? 'pass' : 'unknown',
    says: `all at once for ${Math.round(share * 100)} % of the longest load, by their own clocks`,
    expected: `at least ${TOGETHER * 100} %; give all the same --start-at, and synchronise their clocks`,
    why: 'Loads that follow each other are not one load.',
  }
}

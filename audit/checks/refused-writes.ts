import { defineCheck, type Finding } from '../check.ts'
import { errorCount } from '../command-calls.ts'
import type { Fields } from '../fields.ts'
import { spanOf } from '../window.ts'

const ERRORS: Readonly<Record<string, string>> = {
  OOM: 'the memory is full: XADD and SET are refused, XACK and XTRIM still work',
  MISCONF: 'the disk cannot be written: every write is refused, and PING as well',
  NOGROUP: 'a group or its stream is gone: consumers ask again and again, and get nothing',
  READONLY: 'somebody writes to a replica',
}

export default defineCheck({
  id: 'refused-writes',
  title: 'The server refuses no append and no read',
  why: 'Every refused XADD is an event that is only in the window of the relay, if the producer stops; and lost, if it goes on. NOGROUP means that a group is gone with all it held.',
  remedy: 'redis-cli INFO errorstats; then the runbook of the error; redis-cli CONFIG RESETSTAT counts anew',
  runbook: 'redis-writes-rejected',
  needs: ['server'],
  wants: ['window'],
  since: '6.2.0',
  limits: {},

  judge({ server, window }) {
    const span = spanOf(window ?? [])
    // A server that counts no errors at all would look like one that has none.
    server.number('total_error_replies')
    return Object.entries(ERRORS).map(([error, says]): Finding => {
      const since = errorCount(server, error)
      const now = span ? errorCount(span.last.server, error) - errorCount(span.first.server, error) : 0
      return {
        subject: error,
        verdict: now > 0 ? 'fail' : since > 0 ? 'warn' : 'pass',
        observed: describe(since, now, span?.seconds ?? 0, says),
        expected: 'none',
        evidence: evidenceOf(server, error),
      }
    })
  },
})

function describe(since: number, now: number, seconds: number, says: string): string {
  if (now > 0) return `${now} times in ${seconds} s: ${says}`
  return since > 0 ? `${since} times since the start: ${says}` : 'never since the start'
}

function evidenceOf(server: Fields, error: string): Finding['evidence'] {
  const quotes = server.quotes(`errorstat_${error}`)
  return quotes.length > 0 ? quotes : server.quotes('total_error_replies')
}

import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { judgeReadBack } from '../capacity/to-read-back-section.ts'
import type { DiskFullRun } from './disk-full-run.ts'

export function toDiskFullSection(title: string, run: DiskFullRun): Section {
  const { filled, refusal, acknowledged, onDisk, backSeconds, diskBytes } = run
  const statements = [judgeFull(run), judgeMeanwhile(run), judgeBack(run), judgeEnd(run)]
  return {
    title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer:
      refusal === null
        ? 'the disk was not filled'
        : `appends are refused after ${filled} entries, reading goes on; ${onDisk.equal} of ${acknowledged} are on the disk in the end`,
    statements,
    measurements: [
      {
        name: 'entries on the disk',
        unit: 'entries',
        value: filled,
        samples: 1,
        method: `appended until refused, ${formatMeasure(diskBytes, 'bytes')} of disk, half of it taken`,
      },
      {
        name: 'time to the first append',
        unit: 's',
        value: backSeconds,
        samples: 1,
        method: 'from the moment there is room again',
      },
    ],
    plots: [],
    timeline: [],
  }
}

function judgeFull({ refusal, filled }: DiskFullRun): Statement {
  const full = refusal?.includes('MISCONF') === true && filled > 0
  return {
    subject: 'the full disk',
    verdict: full ? 'pass' : 'unknown',
    says: refusal === null ? 'nothing was refused' : `after ${filled} entries Redis answered "${refusal}"`,
    expected: 'MISCONF, since the append-only file cannot grow',
  }
}

function judgeMeanwhile({ ping, readable }: DiskFullRun): Statement {
  return {
    subject: 'meanwhile',
    verdict: readable > 0 ? 'pass' : 'fail',
    says: `${readable} entries could be read; PING answered "${ping}"`,
    expected: 'reading goes on',
    why: 'PING is refused too: a liveness probe by PING restarts a Redis that only waits for room.',
  }
}

function judgeBack({ backSeconds }: DiskFullRun): Statement {
  return {
    subject: 'the way back',
    verdict: backSeconds === null ? 'fail' : 'pass',
    says:
      backSeconds === null
        ? 'it took no entry within 10 s of there being room'
        : `it took entries again ${formatMeasure(backSeconds, 's')} after there was room`,
    expected: 'by itself, without a restart',
  }
}

function judgeEnd({ onDisk }: DiskFullRun): Statement {
  return { ...judgeReadBack(onDisk), subject: 'what is on the disk' }
}

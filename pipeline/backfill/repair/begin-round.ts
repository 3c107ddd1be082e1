import { randomUUID } from 'node:crypto'
import { systemClock } from '#kernel/time/clock.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { readGaps } from '#pipeline/ingest/gaps/read-gaps.ts'
import { moveRound } from './move-round.ts'
import type { RepairOptions } from './repair-options.ts'
import { newRound } from './repair-round.ts'
import type { RepairStep } from './repair-step.ts'

/** Begins a round for the gaps of the relay that are open and have come to their end. */
export async function beginRound(options: RepairOptions, stored: string): Promise<RepairStep> {
  const { redis, stream, margin } = options
  const host = hostOf(options.host)
  const open = (await readGaps(redis, stream)).filter((gap) => gap.host === host)
  if (open.length === 0) return { kind: 'nothing' }
  // A gap without its other end goes on until the relay is heard again, which stores a cursor.
  const isHeard = (await redis.exists(cursorKey(stream, host))) === 1
  const ended = open.filter(({ to }) => to.seq !== null || isHeard)
  if (ended.length === 0) return { kind: 'not-ended', gaps: open.length }
  const round = newRound(randomUUID(), ended, margin, systemClock.now())
  const outcome = await moveRound(options, stored, round)
  return outcome === 'moved' ? { kind: 'begun', round } : { kind: 'moved-elsewhere' }
}

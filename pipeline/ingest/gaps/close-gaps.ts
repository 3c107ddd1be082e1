import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { CLOSING_FIELD, closedGapStream, type GapClosing, gapStream } from '#pipeline/contract.ts'

const SCRIPT = readFileSync(new URL('./close-gaps.lua', import.meta.url), 'utf8')

/** Closed gaps are history: enough of it to see a pattern. */
const KEPT = 1_000

/** Moves gaps to the closed ones, with what closed them. Answers how many were still open. */
export async function closeGaps(
  redis: Redis,
  stream: string,
  ids: readonly string[],
  closing: GapClosing,
): Promise<number> {
  const keys = [gapStream(stream), closedGapStream(stream)] as const
  return Number(await redis.eval(SCRIPT, 2, ...keys, KEPT, CLOSING_FIELD, JSON.stringify(closing), ...ids))
}

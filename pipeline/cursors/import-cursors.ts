import type { Redis } from 'ioredis'
import { moveCursor, readSequence } from './move-cursor.ts'
import type { Import } from './old-systems.ts'
import { type MovePlan, planMove } from './plan-move.ts'

export interface ImportResult {
  readonly keys: readonly string[]
  /** What the old system had stored; the plan is already stepped back. */
  readonly value: number
  readonly plan: MovePlan
  /**
   * `ours-is-there`: a cursor of our own is stored and stays, whatever it holds. `moved-meanwhile`: somebody else
   * has stored one since we looked.
   */
  readonly outcome: 'planned' | 'moved' | 'ours-is-there' | 'moved-meanwhile'
}

/** Stores each cursor under our key, stepped back, unless there is one. */
export async function importCursors(
  redis: Redis,
  imports: readonly Import[],
  { rewind, yes }: { readonly rewind: number; readonly yes: boolean },
): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  for (const { keys, value, target } of imports) {
    const plan = planMove(target, await readSequence(redis, target), Math.max(0, value - rewind))
    results.push({ keys, value, plan, outcome: await carryOut(redis, plan, yes) })
  }
  return results
}

async function carryOut(redis: Redis, plan: MovePlan, yes: boolean): Promise<ImportResult['outcome']> {
  if (plan.from !== null) return 'ours-is-there'
  if (!yes) return 'planned'
  return (await moveCursor(redis, plan)) ? 'moved' : 'moved-meanwhile'
}

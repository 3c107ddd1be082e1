import type { Effect } from '#loadtest/ledger/effect.ts'
import type { Commits } from './effect-log.ts'
import { entryName } from './entry-name.ts'
import { producerOf } from './numbering.ts'
import { readLines } from './read-lines.ts'

/** What a sink wrote down of one producer's entries in one flow, in the order of the commits. */
export async function* readCommits(
  path: string,
  flow: number,
  producer: number,
): AsyncGenerator<readonly Effect[]> {
  for await (const { line } of readLines(path)) {
    if (!isCommits(line) || line.flow !== flow) continue
    const toEffects = (sequences: readonly number[], applied: boolean) =>
      sequences
        .filter((seq) => producerOf(seq) === producer)
        .map((seq) => ({ ...entryName(seq), entryId: '', applied }))
    yield [...toEffects(line.applied, true), ...toEffects(line.again, false)]
  }
}

function isCommits(line: unknown): line is Commits {
  const { flow, applied, again } = (line ?? {}) as Record<string, unknown>
  return typeof flow === 'number' && Array.isArray(applied) && Array.isArray(again)
}

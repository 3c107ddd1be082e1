import type { Sink } from '#pipeline/sinks/sink.ts'
import type { EntryContent } from './entry-content.ts'
import type { Failure } from './move-to-dead-letters.ts'
import { retry } from './retry.ts'

export interface Settlement {
  readonly sink: Pick<Sink, 'isRefusal'>
  /** One commit of these entries; rejects as the sink does. */
  readonly commit: (entries: readonly EntryContent[]) => Promise<void>
  /** Called once the entries are durable. */
  readonly acknowledge: (entries: readonly EntryContent[]) => Promise<void>
  readonly deadLetter: (failure: Failure) => Promise<void>
  readonly maxFailures: number
  readonly signal: AbortSignal
  readonly onRetry: (error: Error, attempt: number) => void
}

/**
 * Brings every entry to its end, in order: durable and acknowledged, or a dead letter. A sink that is out of
 * reach is waited for. A batch that is refused is halved until the one entry at fault stands alone; it is
 * tried `maxFailures` times, and the others never wait for longer than that.
 */
export async function settleBatch(entries: readonly EntryContent[], settlement: Settlement): Promise<void> {
  if (entries.length === 0) return
  const refusal = await commitUnlessRefused(entries, settlement)
  if (!refusal) return settlement.acknowledge(entries)
  if (entries.length > 1) {
    const half = Math.ceil(entries.length / 2)
    await settleBatch(entries.slice(0, half), settlement)
    return settleBatch(entries.slice(half), settlement)
  }
  const [only] = entries
  if (only) await settlement.deadLetter({ id: only.id, reason: 'refused-by-sink', ...refusal })
}

type Refusal = Omit<Failure, 'id' | 'reason'>

/** `null` once committed. Several entries are refused at once, to be halved; one alone is tried again. */
async function commitUnlessRefused(
  entries: readonly EntryContent[],
  { sink, commit, signal, onRetry, maxFailures }: Settlement,
): Promise<Refusal | null> {
  const patience = entries.length > 1 ? 1 : maxFailures
  const firstFailedAt = Date.now()
  let attempts = 0
  return retry(
    async () => {
      try {
        await commit(entries)
        return null
      } catch (error) {
        if (!sink.isRefusal(error)) throw error
        attempts += 1
        if (attempts < patience) throw error
        return { error: (error as Error).message, attempts, firstFailedAt, lastFailedAt: Date.now() }
      }
    },
    { signal, onFailure: onRetry },
  )
}

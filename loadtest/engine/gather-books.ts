import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { Scenario } from '#loadtest/scenario.ts'
import type { Layout } from './layout.ts'
import type { FlowOfGroup } from './load-run.ts'
import { type Reconciled, reconcileLoad } from './reconcile-load.ts'

export type Books = Pick<FlowOfGroup, 'flow' | 'group' | 'books'> & { readonly stream: string }

/**
 * Reconciles every flow with every group. What Redis does not answer is missing: without its last word an entry that
 * was not committed may be lost or may be waiting. Throws `DependencyError` when the ledger's files cannot be read.
 */
export async function gatherBooks(redis: Redis, layout: Layout, scenario: Scenario): Promise<Books[]> {
  const books: Books[] = []
  for (const [flow, { name, stream, journals }] of layout.flows.entries()) {
    const poison = scenario.flows[flow]?.entries.poison ?? 0
    for (const { group, effectsPath: effects } of layout.consumers) {
      const place = { stream, group: group.name, flow, journals, effects, poison }
      books.push({
        flow: name,
        group: group.name,
        stream,
        books: await orMissing(reconcileLoad(redis, place)),
      })
    }
  }
  return books
}

async function orMissing(books: Promise<Reconciled>): Promise<Reconciled | { readonly missing: string }> {
  try {
    return await books
  } catch (error) {
    if (error instanceof DependencyError) throw error
    const why = isReplyError(error) ? (error as Error).message : 'it does not answer'
    return { missing: `Redis did not say what it still holds: ${why}` }
  }
}

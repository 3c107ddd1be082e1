import type { Gatherer } from './source.ts'

/** What the Sentinel said when it led us here. */
export const gatherSentinel: Gatherer<'sentinel'> = async ({ sentinel }) => sentinel

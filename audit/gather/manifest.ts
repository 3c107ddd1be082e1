import type { Gatherer } from './source.ts'

/** What was declared, as it was read from its file. */
export const gatherManifest: Gatherer<'manifest'> = async ({ manifest }) => manifest

import type { z } from 'zod'
import { BACKFILL_SETTINGS } from './settings/backfill.ts'
import { COMMON_SETTINGS } from './settings/common.ts'
import { INDEXING_SETTINGS } from './settings/indexing.ts'
import { INGEST_SETTINGS } from './settings/ingest.ts'
import { JUDGING_SETTINGS } from './settings/judging.ts'
import { NETWORK_SETTINGS } from './settings/network.ts'

/** Every setting of every command: flat, each with its unit, its default and one sentence. */
export const SETTINGS = {
  ...COMMON_SETTINGS,
  ...NETWORK_SETTINGS,
  ...INGEST_SETTINGS,
  ...BACKFILL_SETTINGS,
  ...INDEXING_SETTINGS,
  ...JUDGING_SETTINGS,
} as const

export type SettingName = keyof typeof SETTINGS

export type SettingValue<Name extends SettingName> = z.output<(typeof SETTINGS)[Name]['schema']>

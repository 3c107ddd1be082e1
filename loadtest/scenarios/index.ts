import type { Scenario } from '#loadtest/scenario.ts'
import backfillWhileLive from './backfill-while-live.ts'
import burst from './burst.ts'
import dayNight from './day-night.ts'
import deadConsumer from './dead-consumer.ts'
import largeRecords from './large-records.ts'
import manyGroups from './many-groups.ts'
import poison from './poison.ts'
import slowConsumer from './slow-consumer.ts'
import steady from './steady.ts'
import viralPost from './viral-post.ts'

/** Every weather that a load run can send. Written by `standpipe docs --write` from the files of this folder. */
export const scenarios: readonly Scenario[] = [
  backfillWhileLive,
  burst,
  dayNight,
  deadConsumer,
  largeRecords,
  manyGroups,
  poison,
  slowConsumer,
  steady,
  viralPost,
]

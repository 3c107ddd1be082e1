import { seconds } from '#kernel/time/duration.ts'
import { produce } from './produce.ts'
import type { ProducerEnd, ProducerPlan } from './producer-plan.ts'
import { runWorker } from './run-worker.ts'

await runWorker<ProducerPlan, ProducerEnd>(
  ({ name }) => name,
  (plan, context) => produce(plan, { ...context, drainWithin: seconds(15) }),
)

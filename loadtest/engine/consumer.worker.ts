import { consumeLoad } from './consume-load.ts'
import type { ConsumerEnd, ConsumerPlan } from './consumer-plan.ts'
import { runWorker } from './run-worker.ts'

await runWorker<ConsumerPlan, ConsumerEnd>(({ group }) => `consumers of ${group.name}`, consumeLoad)

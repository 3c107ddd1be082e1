import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { scenarioSchema } from '#loadtest/scenario.ts'
import { WORKER_SCHEMA, type WorkerResult } from './worker-result.ts'

const latencies = z.looseObject({
  flow: z.string(),
  published: z.string(),
  committed: z.array(z.tuple([z.string(), z.string()])),
})

/** What merging relies on; the rest was written by us under the same schema. */
const resultSchema = z.looseObject({
  schema: z.literal(WORKER_SCHEMA),
  worker: z.object({ index: z.int().min(1), of: z.int().min(1) }),
  scenario: scenarioSchema,
  seed: z.int(),
  host: z.string(),
  redis: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  run: z.looseObject({
    planned: z.array(z.number()),
    producers: z.array(z.looseObject({ attempted: z.number() })),
    consumers: z.array(z.looseObject({ group: z.string() })),
    latencies: z.array(latencies),
    flows: z.array(z.looseObject({ flow: z.string(), group: z.string(), books: z.looseObject({}) })),
    loadMs: z.number(),
  }),
})

/** Throws `DependencyError` when the file cannot be read, `UsageError` when no worker wrote it. */
export async function readWorkerResult(path: string): Promise<WorkerResult> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new DependencyError(`cannot read "${path}": ${error.message}`, { cause: error })
  })
  try {
    return resultSchema.parse(JSON.parse(text)) as unknown as WorkerResult
  } catch (error) {
    throw new UsageError(`"${path}" is no result of standpipe load worker, or breaks off`, { cause: error })
  }
}

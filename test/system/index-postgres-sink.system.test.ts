import { describe } from 'vitest'
import { missingPostgres, test } from '#test/support/postgres.ts'
import { sinkConformance } from '#test/support/sink-conformance.ts'

const missing = missingPostgres()

describe.skipIf(missing !== null)(missing ?? 'a sink in a PostgreSQL server', () => {
  sinkConformance(test)
})

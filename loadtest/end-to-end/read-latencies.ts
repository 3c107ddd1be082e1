import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'

/** From an event's own time to the commit of its effect, in milliseconds, by percentile from 0 to 100. */
export interface Latencies {
  readonly byPercentile: readonly (readonly [percentile: number, ms: number])[]
  readonly samples: number
}

const PERCENTILES = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100]

/** Reads them from the sink's own account. The relay stamps an event as it makes it, late or not. */
export async function readLatencies(databaseUrl: string): Promise<Latencies> {
  await using database = await openDatabase(databaseUrl, { connections: 1 })
  const { rows } = await database.query<{ values: number[] | null; samples: number }>(
    `SELECT percentile_disc($1::float8[]) WITHIN GROUP (ORDER BY extract(epoch FROM committed_at - event_time)::float8)
              AS values,
            count(*)::int AS samples
     FROM effect`,
    [PERCENTILES.map((percentile) => percentile / 100)],
  )
  const { values, samples } = rows[0] ?? { values: null, samples: 0 }
  const byPercentile = PERCENTILES.map(
    (percentile, index) => [percentile, (values?.[index] ?? 0) * 1_000] as const,
  )
  return { byPercentile: samples > 0 ? byPercentile : [], samples }
}

import { findPostgres } from '#kernel/postgres/find-postgres.ts'
import { startPrivatePostgres } from '#kernel/postgres/private-postgres.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { LIVE_GROUP, LIVE_STREAM } from '#pipeline/contract.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import type { Alternative, Bench } from '../bench.ts'
import { median, ratio } from '../median.ts'
import { runRounds } from '../run-rounds.ts'
import { consumeInto } from './consume-into.ts'
import { nullSink } from './null-sink.ts'
import { rawCopy } from './raw-copy.ts'

const ROUNDS = 5
const ENTRIES = 20_000
const READ_COUNT = 500

/** How fast entries become rows: the consumer alone, and with each database behind it. */
export const index: Bench = {
  name: 'index',
  title: `Index ${ENTRIES} events in batches of ${READ_COUNT}, acknowledged after the commit`,

  async run(context) {
    await using parts = new AsyncDisposableStack()
    const server = parts.use(await startPrivateRedis({ listen: 'loopback' }))
    const redis = parts.adopt(await connectRedis(server.url, { name: 'bench' }), (client) =>
      client.disconnect(),
    )
    const folder = parts.use(await temporaryFolder('bench'))
    const load = { redisUrl: server.url, entries: ENTRIES, readCount: READ_COUNT }

    const open = async (url: string) => parts.use(await openDatabase(url))
    const sinkIn = (database: Database, recordEffects: boolean) =>
      postgresSink(database, { stream: LIVE_STREAM, group: LIVE_GROUP, lanes: null, recordEffects })
    const embedded = async (name: string, recordEffects: boolean) =>
      sinkIn(await open(`pglite://${folder.path}/${name}`), recordEffects)
    const contenders = [
      consumeInto('consumer alone (sink that keeps nothing)', nullSink(), { ...load, entries: 5 * ENTRIES }),
      consumeInto('embedded, effects recorded', await embedded('effects', true), load),
      consumeInto('embedded', await embedded('plain', false), load),
    ]
    const installed = findPostgres() !== null
    if (installed) {
      const first = await open(parts.use(await startPrivatePostgres()).url)
      const second = await open(parts.use(await startPrivatePostgres()).url)
      contenders.push(consumeInto('PostgreSQL, effects recorded', await sinkIn(first, true), load))
      contenders.push(consumeInto('PostgreSQL', await sinkIn(second, false), load))
      contenders.push(rawCopy('raw COPY of the same rows', second, ENTRIES))
    }
    const alternatives = await runRounds(redis, contenders, ROUNDS, context)
    return {
      unit: 'events/s',
      alternatives,
      targets: [
        {
          promises: 'events/s into the embedded database, effects recorded',
          bound: 'at-least',
          limit: 5_000,
          measured: median(ratesOf(alternatives, 'embedded, effects recorded')),
        },
        {
          promises: 'events/s into PostgreSQL',
          bound: 'at-least',
          limit: 15_000,
          measured: median(ratesOf(alternatives, 'PostgreSQL')),
        },
        {
          promises: 'of what a raw COPY of the same rows does',
          bound: 'at-least',
          limit: 0.15,
          measured: ratio(
            ratesOf(alternatives, 'PostgreSQL'),
            ratesOf(alternatives, 'raw COPY of the same rows'),
          ),
        },
      ],
      method: [
        `${ROUNDS} rounds, the alternatives one after the other in each, ${ENTRIES} new events each time, five times as many for the consumer alone`,
        'likes of some 560 bytes; a private redis-server with its append-only file, over loopback TCP',
        'every like has a row in record and one in bsky_like, with its index; the COPY fills the same from a file',
        'the embedded database is in a folder, without fsync; PostgreSQL is on a unix socket with its defaults',
        ...(installed ? [] : ['PostgreSQL is not installed (Debian: apt-get install postgresql): skipped']),
      ],
    }
  },
}

function ratesOf(alternatives: readonly Alternative[], name: string): readonly number[] {
  return alternatives.find((one) => one.name === name)?.rates ?? []
}

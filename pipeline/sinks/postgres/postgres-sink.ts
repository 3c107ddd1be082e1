import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import type { EventEntry, Sink, SinkBatch } from '#pipeline/sinks/sink.ts'
import { buryOutdated } from './bury-outdated.ts'
import type { Database, Queryable } from './database.ts'
import { isRefusal } from './is-refusal.ts'
import { lockRepos } from './lock-repos.ts'
import { migrate } from './migrate.ts'
import { readPosition, writePosition } from './position.ts'
import { RacedError } from './raced-error.ts'
import { readFences, writeFences } from './repo-fences.ts'
import { removeTyped, writeTyped } from './typed/write-typed.ts'
import { type ActorEvent, writeActors } from './write-actors.ts'
import { writeEffects } from './write-effects.ts'
import { writeLabels } from './write-labels.ts'
import { type ChangeEvent, writeRecords } from './write-records.ts'

export interface PostgresSinkOptions {
  readonly stream: string
  readonly group: string
  /** Batches to commit side by side; `null` leaves the choice to the kind of database. */
  readonly lanes: number | null
  /** Whether each committed entry gets a row in the table `effect`. */
  readonly recordEffects: boolean
}

/** Batches that a PostgreSQL server usefully commits side by side from one process. */
export const DEFAULT_LANES = 2

/** Times a commit is tried again at once when another consumer of the group changed the same rows. */
const RACES = 5

/** A sink in a database that somebody else closes; brings its schema up to date first. */
export async function postgresSink(database: Database, options: PostgresSinkOptions): Promise<Sink> {
  await migrate(database)
  return {
    lanes: database.kind === 'pglite' ? 1 : (options.lanes ?? DEFAULT_LANES),
    commit: (batch) => commit(database, batch, options),
    position: () => readPosition(database, options.stream, options.group),
    isRefusal,
    ping: async () => void (await database.query('SELECT 1')),
    [Symbol.asyncDispose]: async () => {},
  }
}

async function commit(
  database: Database,
  { entries, position }: SinkBatch,
  { stream, group, recordEffects }: PostgresSinkOptions,
): Promise<readonly boolean[]> {
  for (let race = 1; ; race += 1) {
    try {
      return await database.transaction(async (transaction) => {
        const applied = await apply(transaction, entries)
        if (recordEffects) await writeEffects(transaction, entries, applied)
        if (position !== null) await writePosition(transaction, stream, group, position)
        return applied
      })
    } catch (error) {
      if (!(error instanceof RacedError) || race > RACES) throw error
    }
  }
}

async function apply(transaction: Queryable, entries: readonly EventEntry[]): Promise<readonly boolean[]> {
  const changes: ChangeEvent[] = []
  const actors: ActorEvent[] = []
  const labels: LabelEvent[] = []
  for (const { event } of entries) {
    if (event.type === 'label') labels.push(event)
    else if ('collection' in event) changes.push(event)
    else actors.push(event)
  }
  const ofRecords = (await applyChanges(transaction, changes, actors)).values()
  const ofActors = (await writeActors(transaction, actors)).values()
  const ofLabels = (await writeLabels(transaction, labels)).values()
  return entries.map(({ event }) => {
    const applied = event.type === 'label' ? ofLabels : 'collection' in event ? ofRecords : ofActors
    return applied.next().value ?? false
  })
}

/** The snapshots that are closed in a batch count for all of it, whatever the order: what they outdate goes either way. */
async function applyChanges(
  transaction: Queryable,
  changes: readonly ChangeEvent[],
  actors: readonly ActorEvent[],
): Promise<readonly boolean[]> {
  const closings = actors.filter((event) => event.type === 'repo')
  const dids = [...new Set(changes.map(({ did }) => did))]
  await lockRepos(
    transaction,
    dids,
    closings.map(({ did }) => did),
  )
  const fences = await writeFences(transaction, closings)
  const isOutOfDate = await readFences(transaction, dids)
  const { applied, last } = await writeRecords(transaction, changes, isOutOfDate)
  await writeTyped(transaction, last)
  await removeTyped(transaction, await buryOutdated(transaction, fences))
  return applied
}

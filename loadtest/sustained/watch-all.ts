import type { Snapshot, SustainedRun } from './snapshot.ts'
import type { Watched } from './watched.ts'

const MIB = 1_048_576
const LOOK_AT_STREAM =
  'compare the length of the stream with the rate: a group that stands still keeps everything'
const LOOK_AT_PROCESS = 'take two heap snapshots of the process an hour apart, and compare what grew'

/** Everything of a run that must not grow, without its beginning and its end. */
export function watchAll({ snapshots, head }: SustainedRun): Watched[] {
  const settled = afterWarmUp(snapshots, head.lastsMs / 1_000)
  const of = (valueOf: (snapshot: Snapshot) => number | null | undefined) =>
    settled.flatMap((snapshot) => {
      const value = valueOf(snapshot)
      return value == null ? [] : [[snapshot.at, value] as const]
    })
  const bytes = { unit: 'bytes', floorPerHour: MIB } as const
  const waits = { unit: 'ms', floorPerHour: 1 } as const
  return [
    {
      name: 'used memory of Redis',
      ...bytes,
      points: of(({ redis }) => redis?.usedMemoryBytes),
      why: 'What grows at an even rate of events reaches maxmemory one day, and then the append is refused.',
      remedy: LOOK_AT_STREAM,
    },
    {
      name: 'resident memory of Redis',
      ...bytes,
      points: of(({ redis }) => redis?.rssBytes),
      why: 'The kernel ends what outgrows the host, whatever maxmemory says.',
      remedy: 'where used memory is flat this is fragmentation: CONFIG SET activedefrag yes',
    },
    {
      name: 'fragmentation of Redis',
      unit: 'ratio',
      floorPerHour: 0.02,
      points: of(({ redis }) => redis?.fragmentation),
      why: 'Memory that is neither used nor given back counts against the host.',
      remedy: 'CONFIG SET activedefrag yes',
    },
    {
      name: 'entries in the stream',
      unit: 'entries',
      floorPerHour: head.rate,
      points: of(({ redis }) => redis?.length),
      why: 'A stream that is trimmed behind its readers has one length; a longer one is not trimmed, or not read.',
      remedy: LOOK_AT_STREAM,
    },
    {
      name: 'pending entries',
      unit: 'entries',
      floorPerHour: head.rate,
      points: of(({ redis }) => redis?.pending),
      why: 'Entries that were delivered and never acknowledged are kept, and come again.',
      remedy: 'standpipe health names the consumer that holds them',
    },
    {
      name: 'resident memory of the consumers',
      ...bytes,
      points: of(({ rss }) => rss.consumers || null),
      why: 'A leak ends in a restart in the middle of the night.',
      remedy: LOOK_AT_PROCESS,
    },
    {
      name: 'resident memory of the generator',
      ...bytes,
      points: of(({ rss }) => rss.generator),
      why: 'A generator that grows slows down, and then measures itself.',
      remedy: LOOK_AT_PROCESS,
    },
    {
      name: 'append p99',
      ...waits,
      points: of(({ acknowledgedWaits }) => acknowledgedWaits.p99),
      why: 'Waiting that creeps up says that something is filling.',
      remedy: 'redis-cli LATENCY LATEST, and SLOWLOG GET',
    },
    {
      name: 'commit p99',
      ...waits,
      points: of(({ committedWaits }) => committedWaits.p99),
      why: 'Waiting that creeps up says that something is filling.',
      remedy: 'standpipe health says whether the readers fall behind',
    },
  ]
}

/** Without the first tenth, at most ten minutes: heaps fill and trims begin meanwhile. */
function afterWarmUp(snapshots: readonly Snapshot[], lasts: number): Snapshot[] {
  const from = Math.min(lasts * 0.1, WARM_UP_AT_MOST)
  return snapshots.filter(({ at, draining }) => at >= from && !draining)
}

const WARM_UP_AT_MOST = 600

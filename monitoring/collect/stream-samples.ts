import { clockTimeOf } from './clock-time-of.ts'
import { groupSamples } from './group-samples.ts'
import { type Sample, sample } from './sample.ts'
import type { WatchedStream } from './snapshot.ts'

/** What a stream and its groups look like. A key that is not there says so, and nothing else. */
export function streamSamples(stream: WatchedStream): Sample[] {
  const { name, state } = stream
  const labels = { stream: name }
  if (!state) return sample('standpipe_stream_exists', labels, 0)
  return [
    ...sample('standpipe_stream_exists', labels, 1),
    ...sample('standpipe_stream_length', labels, state.length),
    ...sample('standpipe_stream_added_entries_total', labels, state.entriesAdded),
    ...sample(
      'standpipe_stream_last_generated_timestamp_seconds',
      labels,
      clockTimeOf(state.lastGeneratedId),
    ),
    ...sample('standpipe_stream_first_entry_timestamp_seconds', labels, clockTimeOf(state.firstEntryId)),
    ...stream.groups.flatMap((group) => groupSamples(name, state, stream.lastGeneratedId, group)),
  ]
}

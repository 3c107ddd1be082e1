import { setImmediate as nextTurn } from 'node:timers/promises'
import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { type RelayFrame, streamEventsIn } from './frame-source.ts'
import { openFramesFile } from './frames-file.ts'
import { readProfile } from './profile/read-profile.ts'
import { syntheticNetwork } from './synthetic-network.ts'

const SLICE_FRAMES = 500

/** Writes a synthetic firehose into a file once, so that it can be played many times. */
export const command = defineCommand({
  name: 'frames',
  takes: '<file>',
  describe:
    'Write a synthetic firehose into a file once, to be played many times by standpipe relay --replay',
  examples: [
    ['standpipe frames million.frames --events 1000000', 'a million events, about 2 kB each'],
    ['standpipe frames day.frames --events 100000 --network-profile mine.yaml', 'of a network like yours'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['events', 'seed', 'accounts', 'network-profile', 'first-seq']).positional('file', {
      type: 'string',
      demandOption: true,
      describe: 'The file; it is begun anew',
    }),
  async run({ file: path, events, seed, accounts, networkProfile, firstSeq }, { signal, stdout, stderr }) {
    if (events === undefined) throw new UsageError('how many events? give --events')
    const mix = networkProfile === undefined ? undefined : (await readProfile(networkProfile)).mix
    const network = syntheticNetwork({ seed, accounts, ...(mix ? { mix } : {}), firstSeq: firstSeq ?? 1 })
    using file = openFramesFile(path)
    let written = 0
    let frames = 0
    while (written < events) {
      const slice: RelayFrame[] = []
      while (slice.length < SLICE_FRAMES && written < events) {
        const frame = network.next(events - written) as RelayFrame
        slice.push(frame)
        written += streamEventsIn(frame)
      }
      file.write(slice)
      frames += slice.length
      if (stderr.isTTY) stderr.write(`\r${written} of ${events} events`)
      await nextTurn()
      signal.throwIfAborted()
    }
    if (stderr.isTTY) stderr.write('\r')
    stdout.write(`${JSON.stringify({ file: path, events: written, frames })}\n`)
  },
})

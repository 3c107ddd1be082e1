import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { createLog } from '#kernel/log/log.ts'
import { firstSeqAt } from './first-seq.ts'
import { openSource } from './open-source.ts'
import { type Pace, pacedBy } from './pace.ts'
import type { Profile } from './profile/profile.ts'
import { readProfile } from './profile/read-profile.ts'
import { startRelay } from './relay.ts'
import { warmUp } from './warm-up.ts'

/** Serves a synthetic or a captured firehose on loopback until it is told to stop. */
export const command = defineCommand({
  name: 'relay',
  describe: 'Serve a synthetic or captured firehose on loopback',
  examples: [
    ['standpipe relay --rate 600', 'the network at a busy hour, on a free port'],
    [
      'standpipe relay --rate 0 --events 50000 --journal sent.ndjson',
      'as fast as it is read, and written down',
    ],
    [
      'standpipe relay --port 2583',
      'and curl -X POST "127.0.0.1:2583/refuse?status=429&times=3" for three refusals',
    ],
    ['standpipe relay --hosts 3', 'with the repos it speaks of, on three data servers, and their directory'],
    ['standpipe relay --network-profile mine.yaml', 'a network like the one that the profile describes'],
    ['standpipe relay --replay captured.json', 'play captured messages'],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'port',
      'rate',
      'events',
      'seed',
      'accounts',
      'first-seq',
      'hosts',
      'network-profile',
      'replay',
      'journal',
      'window-bytes',
      'log-level',
    ]),

  async run(options, { signal, stdout }) {
    const { port, rate, events, seed, accounts, hosts, replay, journal, windowBytes, logLevel } = options
    const log = createLog({ name: 'relay', level: logLevel })
    const profile = options.networkProfile === undefined ? null : await readProfile(options.networkProfile)
    if (replay === undefined) warmUp()
    const firstSeq = options.firstSeq ?? firstSeqAt(Date.now())
    await using source = await openSource({ seed, accounts, firstSeq, hosts, replay, profile })
    await using relay = await startRelay({
      ...source.relay,
      rate,
      port,
      windowBytes,
      ...paceOf(profile),
      ...(events === undefined ? {} : { events }),
      ...(journal === undefined ? {} : { journal }),
    })
    const { plc, pdses = [] } = source.network ?? {}
    const hosting = plc ? { directory: plc.url, hosts: pdses.map(({ url }) => url) } : {}
    stdout.write(`${JSON.stringify({ listening: relay.url, ...hosting })}\n`)
    const stopped = signal.aborted ? Promise.resolve([]) : once(signal, 'abort')
    const emission = relay.waitUntilEmitted().then((emitted) => {
      if (!signal.aborted) log.info(emitted, 'all events are out')
    })
    await Promise.race([stopped, emission.then(() => stopped)])
    log.info({ ...relay.emitted, subscribers: relay.subscribers }, 'stopping')
  },
})

/** The curve of the profile takes the place of --rate. */
function paceOf(profile: Profile | null): { pace?: () => Pace } {
  const [first, ...others] = profile?.rate ?? []
  return first ? { pace: () => pacedBy([first, ...others]) } : {}
}

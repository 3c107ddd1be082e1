import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { createLog } from '#kernel/log/log.ts'
import { startRelay } from './relay.ts'
import { readReplayFile } from './replay-file.ts'
import { syntheticNetwork } from './synthetic-network.ts'
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
    ['standpipe relay --replay captured.json', 'play captured messages'],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'port',
      'rate',
      'events',
      'seed',
      'accounts',
      'replay',
      'journal',
      'window-bytes',
      'log-level',
    ]),

  async run(
    { port, rate, events, seed, accounts, replay, journal, windowBytes, logLevel },
    { signal, stdout },
  ) {
    const log = createLog({ name: 'relay', level: logLevel })
    if (replay === undefined) warmUp()
    const source = replay === undefined ? syntheticNetwork({ seed, accounts }) : await readReplayFile(replay)
    await using relay = await startRelay({
      source,
      rate,
      port,
      windowBytes,
      ...(events === undefined ? {} : { events }),
      ...(journal === undefined ? {} : { journal }),
    })
    stdout.write(`${JSON.stringify({ listening: relay.url })}\n`)
    const stopped = signal.aborted ? Promise.resolve([]) : once(signal, 'abort')
    const emission = relay.waitUntilEmitted().then((emitted) => {
      if (!signal.aborted) log.info(emitted, 'all events are out')
    })
    await Promise.race([stopped, emission.then(() => stopped)])
    log.info({ ...relay.emitted, subscribers: relay.subscribers }, 'stopping')
  },
})

import { coloursFor } from '#kernel/cli/colours-for.ts'
import { type CommandContext, defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { beginNewEpochs, glance } from './book-keeper.ts'
import type { GroupLedger } from './group-ledger.ts'
import { ledgerMeter } from './ledger-meter.ts'
import { renderLedger } from './render-ledger.ts'
import { watchLedger } from './watch-ledger.ts'

/** The books of every group: what was owed, what was settled, where the rest is, and how much is lost. */
export const command = defineCommand({
  name: 'ledger',
  describe:
    'Say whether every entry of a stream was settled, is still there, or is lost; --watch keeps the books',
  examples: [
    ['standpipe ledger', 'judge the books as they are kept, exit 1 when entries are lost'],
    ['standpipe ledger --watch --metrics-port 9466', 'keep them, and serve them as metrics'],
    ['standpipe ledger --new-epoch --yes', 'dismiss what was lost so far, once it is repaired'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'metrics-host', 'metrics-port', 'log-level'])
      .option('watch', { type: 'boolean', default: false, describe: 'Keep the books until told to stop' })
      .option('new-epoch', {
        type: 'boolean',
        default: false,
        describe: 'Begin anew, and forget earlier losses',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'One JSON object; with --watch one per look',
      }),

  async run({ watch, newEpoch, yes, json, ...settings }, context) {
    const streams = settings.stream.split(',').map((name) => name.trim())
    if (watch && newEpoch) throw new UsageError('choose one of --watch and --new-epoch')
    if (watch) return watchOver({ ...settings, streams, json }, context)

    const read = newEpoch && yes ? beginNewEpochs : glance
    const ledgers = await borrowRedis(
      settings.redisUrl,
      { name: 'standpipe-ledger', advice: 'nothing can be said about the books' },
      async (redis) => (await Promise.all(streams.map((stream) => read(redis, stream)))).flat(),
    )
    print(ledgers, json, context)
    if (newEpoch)
      context.stderr.write(
        yes ? 'dismissed; new epochs have begun\n' : 'nothing was changed, --yes does it\n',
      )
    return newEpoch ? EXIT.ok : exitCodeFor(verdictOf(ledgers))
  },
})

/** No group and no book is no evidence: a stream that was flushed looks like that as well. */
function verdictOf(ledgers: readonly GroupLedger[]): Verdict {
  return ledgers.length === 0 ? 'unknown' : worst(ledgers.map(({ verdict }) => verdict))
}

interface Watched {
  readonly redisUrl: string
  readonly streams: readonly string[]
  readonly json: boolean
  readonly metricsHost: string
  readonly metricsPort: number | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

async function watchOver(
  { redisUrl, streams, json, ...settings }: Watched,
  context: CommandContext,
): Promise<void> {
  const { metricsHost: host, metricsPort: port, logLevel: level } = settings
  const log = createLog({ name: 'ledger', level })
  const meter = ledgerMeter(streams)
  await using open = new AsyncDisposableStack()
  const redis = open.adopt(await connectRedis(redisUrl, { name: 'standpipe-ledger' }), (client) =>
    client.disconnect(),
  )
  if (port !== undefined) {
    const probes = [{ name: 'redis', check: () => redis.ping().then(() => null) }]
    const { url } = open.use(await serve({ port, host, registry: meter.registry, probes }))
    log.info({ url }, 'serving metrics')
  }
  let shown = ''
  const onLook = (ledgers: readonly GroupLedger[]) => {
    const face = JSON.stringify(
      ledgers.map(({ stream, group, epoch, verdict, balance }) => [
        stream,
        group,
        epoch,
        verdict,
        balance.lost,
      ]),
    )
    if (json || face !== shown) print(ledgers, json, context)
    shown = face
  }
  await watchLedger({ redis, streams, meter, log, onLook }, context.signal)
}

function print(ledgers: readonly GroupLedger[], json: boolean, { stdout }: CommandContext): void {
  stdout.write(json ? `${JSON.stringify({ ledgers })}\n` : renderLedger(ledgers, coloursFor(stdout)))
}

import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { type ImportResult, importCursors } from './import-cursors.ts'
import { findImports, type Import, OLD_SYSTEMS, type OldSystemName } from './old-systems.ts'
import { readCursors } from './read-cursors.ts'
import { renderMove } from './render-move.ts'
import { parseSequence } from './stored-cursor.ts'

const NAMES = Object.keys(OLD_SYSTEMS) as OldSystemName[]

/** Takes over where another system has stopped. */
export const command = defineCommand({
  name: 'cursor import',
  describe: 'Take over the cursors of a system that we replace, or only say which; never over one of ours',
  examples: [
    ['standpipe cursor import --from rsky', 'say which cursors of which relays would be taken over'],
    ['standpipe cursor import --from publicappview --yes', 'take over firehose:python_cursor'],
    ['standpipe cursor import --from publicappview --value 6328157203 --yes', 'from its row in PostgreSQL'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .option('from', { choices: NAMES, demandOption: true, describe: 'Whose cursors they are' })
      .option('host', { type: 'string', requiresArg: true, describe: 'Only that of this relay' })
      .option('value', {
        type: 'string',
        requiresArg: true,
        describe: 'The cursor, where Redis does not hold it',
      })
      .option('rewind', {
        type: 'number',
        requiresArg: true,
        describe: 'Sequences to step back; each system has its own default',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, from, host, value, rewind, yes, json }, { signal, stdout }) {
    const system = OLD_SYSTEMS[from]
    const back = rewind === undefined ? system.rewind : checkRewind(rewind)
    const typed = value === undefined ? null : typedImport(value, stream, host ?? system.defaultHost)
    const results = await borrowRedis(
      redisUrl,
      { name: 'standpipe-cursor', advice: 'run the same command again: what was taken over stays' },
      async (redis) => {
        const found = typed ?? findImports(system, await readCursors(redis, { signal }), { stream, host })
        return importCursors(redis, found, { rewind: back, yes })
      },
    )
    stdout.write(json ? `${JSON.stringify({ imports: results })}\n` : render(results, from, yes))
    return yes && results.some(({ outcome }) => outcome === 'moved-meanwhile') ? EXIT.failed : EXIT.ok
  },
})

function checkRewind(rewind: number): number {
  if (Number.isSafeInteger(rewind) && rewind >= 0) return rewind
  throw new UsageError(`not a number of sequences: --rewind "${rewind}"`)
}

function typedImport(text: string, stream: string, host: string | null): Import[] {
  const value = parseSequence(text)
  if (value === null) throw new UsageError(`not a sequence: --value "${text}"; expected a whole number`)
  if (host === null) throw new UsageError('say with --host whose sequence --value is')
  return [{ keys: [], value, target: cursorKey(stream, host) }]
}

function render(results: readonly ImportResult[], from: OldSystemName, yes: boolean): string {
  if (results.length > 0) return results.map((result) => renderOne(result, from, yes)).join('')
  return from === 'divy'
    ? 'nothing to take over: its cursors lie under the keys that we read\n'
    : 'nothing to take over; standpipe cursor list shows what there is\n'
}

function renderOne({ plan, keys, value, outcome }: ImportResult, from: OldSystemName, yes: boolean): string {
  const source = `${from} stands at ${value}${keys.length > 0 ? `, by ${keys.join(' and ')}` : ''}`
  if (outcome === 'ours-is-there') {
    return `${source}\n${plan.key} is at ${plan.from} already and stays there; standpipe cursor set moves it\n`
  }
  const back = value > plan.to ? `; ${value - plan.to} back, as ${OLD_SYSTEMS[from].because}` : ''
  return `${source}${back}\n${renderMove({ ...plan, moved: outcome === 'moved' }, yes)}`
}

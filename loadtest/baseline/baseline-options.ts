import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'
import { BASELINE_COMMANDS } from './baseline-commands.ts'
import { AOF_POLICIES, type AofPolicy, type BaselinePlan } from './baseline-plan.ts'
import { MOST_CLIENTS } from './scene.ts'

export interface BaselineOptions {
  readonly only: readonly string[]
  readonly quick: boolean
  /** `undefined` leaves it to `quick`. */
  readonly payloads: readonly number[] | undefined
  readonly clients: readonly number[] | undefined
  readonly depth: number | undefined
  readonly 'cell-ms': number | undefined
  readonly aof: readonly AofPolicy[] | undefined
}

const COMMANDS = BASELINE_COMMANDS.map(({ id }) => id)
const FULL = { payloads: [200, 600, 2_000], clients: [1, 8], aof: AOF_POLICIES, depth: 100_000, cellMs: 300 }
const QUICK = { payloads: [600], clients: [8], aof: ['everysec'] as const, depth: 20_000, cellMs: 200 }

export function withBaselineOptions<Args>(yargs: Argv<Args>): Argv<Args & BaselineOptions> {
  return yargs
    .option('only', {
      type: 'string',
      requiresArg: true,
      default: COMMANDS.join(','),
      describe: 'Commands to measure, comma-separated; append is ours, with 100 entries per call',
      coerce: (text: string) => words('only', text, COMMANDS),
    })
    .option('quick', {
      type: 'boolean',
      default: false,
      describe: 'One payload, 8 clients, everysec, 20000 deep: a few seconds',
    })
    .option('payloads', {
      type: 'string',
      requiresArg: true,
      describe: 'Bytes of an entry, comma-separated; 200,600,2000 unless --quick',
      coerce: (text?: string) => numbers('payloads', text, 1_000_000),
    })
    .option('clients', {
      type: 'string',
      requiresArg: true,
      describe: 'Connections that call at the same time, comma-separated; 1,8 unless --quick',
      coerce: (text?: string) => numbers('clients', text, MOST_CLIENTS),
    })
    .option('depth', {
      type: 'string',
      requiresArg: true,
      describe: 'Entries in the deep stream; 100000 unless --quick',
      coerce: (text?: string) => numbers('depth', text, 100_000_000)?.[0],
    })
    .option('cell-ms', {
      type: 'string',
      requiresArg: true,
      describe: 'Milliseconds per square; 300 unless --quick. A p99.99 takes ten thousand calls',
      coerce: (text?: string) => numbers('cell-ms', text, 600_000)?.[0],
    })
    .option('aof', {
      type: 'string',
      requiresArg: true,
      describe: 'Policies of the append-only file, comma-separated; off,everysec,always unless --quick',
      coerce: (text?: string) => (text === undefined ? undefined : words('aof', text, AOF_POLICIES)),
    }) as unknown as Argv<Args & BaselineOptions>
}

export function planBaseline(options: BaselineOptions): BaselinePlan {
  const usual = options.quick ? QUICK : FULL
  return {
    commands: options.only,
    payloads: options.payloads ?? usual.payloads,
    clients: options.clients ?? usual.clients,
    aof: options.aof ?? usual.aof,
    depth: options.depth ?? usual.depth,
    cellMs: options['cell-ms'] ?? usual.cellMs,
  }
}

function words<Word extends string>(name: string, text: string, known: readonly Word[]): readonly Word[] {
  const asked = text.split(',').map((word) => word.trim())
  const found = asked.map((word) => known.find((one) => one.toLowerCase() === word.toLowerCase()))
  const stranger = asked.find((_, index) => found[index] === undefined)
  if (stranger !== undefined)
    throw new UsageError(`--${name} "${stranger}": expected some of ${known.join(', ')}`)
  return found.filter((word) => word !== undefined)
}

function numbers(name: string, text: string | undefined, most: number): readonly number[] | undefined {
  if (text === undefined) return undefined
  return text.split(',').map((part) => {
    const value = Number(part)
    if (Number.isSafeInteger(value) && value > 0 && value <= most) return value
    throw new UsageError(`--${name} "${part}": expected whole numbers above 0, at most ${most}`)
  })
}

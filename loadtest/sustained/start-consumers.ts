import { fileURLToPath } from 'node:url'
import { DependencyError } from '#kernel/errors.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import {
  type ConsumersPlan,
  type ConsumersWord,
  consumersWordSchema,
  PLAN_VARIABLE,
} from './consumers-plan.ts'

/** The consumers of a run, at work until disposed of. */
export interface Consumers extends AsyncDisposable {
  /** Why they are no longer at work; `null` while they are. */
  readonly failed: string | null
  /** Lets them finish and acknowledge what they hold; their last word has been heard then. */
  stop(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('consumers.process.ts', import.meta.url))
const GRACE = seconds(15)
/** How each line begins that is not a complaint of Node. */
const WORD = '{"groups"'

/** Starts them and waits for their first word. Throws `DependencyError` with their last words when there is none. */
export async function startConsumers(
  plan: ConsumersPlan,
  onWord: (word: ConsumersWord) => void,
): Promise<Consumers> {
  const child = await startChild(process.execPath, [PROGRAM], {
    name: 'consumers',
    env: { [PLAN_VARIABLE]: JSON.stringify(plan) },
    grace: GRACE,
  })
  let heard = false
  let failed: string | null = null
  let stopping = false
  child.onLine((line) => {
    if (!line.startsWith(WORD)) return
    heard = true
    const word = toWord(line)
    if (word === null) {
      failed ??= 'they said what cannot be read, so that the books are not whole'
      return
    }
    failed ??= word.failed
    onWord(word)
  })
  const consumers: Consumers = {
    get failed() {
      return (
        failed ?? (child.exit === null || stopping ? null : `ended with ${child.exit}: ${lastWords(child)}`)
      )
    },
    async stop() {
      stopping = true
      await child[Symbol.asyncDispose]()
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
  try {
    await until(() => heard || child.exit !== null, {
      within: seconds(20),
      what: 'the consumers to begin',
      every: 20,
    })
  } catch (error) {
    await consumers[Symbol.asyncDispose]()
    throw error
  }
  if (!heard) throw new DependencyError(`the consumers ended at once: ${lastWords(child)}`)
  return consumers
}

/** `null` for a word that breaks off, as that of a process that was killed does. */
function toWord(line: string): ConsumersWord | null {
  try {
    return consumersWordSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

function lastWords({ output }: Child): string {
  return (
    output
      .filter((line) => !line.startsWith(WORD))
      .slice(-3)
      .join(' | ') || 'they said nothing'
  )
}

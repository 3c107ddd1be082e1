import type { CommandContext } from '#kernel/cli/command.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { requireRoom } from '../capacity/require-room.ts'
import type { LoadOptions } from '../numbered/load-options.ts'
import { openTarget } from '../numbered/open-target.ts'
import { ownRedisVersion } from '../numbered/own-redis-version.ts'
import { type Answers, runSections } from '../numbered/run-sections.ts'
import type { TargetOptions } from '../numbered/target-options.ts'
import type { BaselinePlan } from './baseline-plan.ts'
import { foreignStep, ownSteps } from './baseline-steps.ts'

const NOT_COVERED = [
  'Waiting: it is a closed loop, so a call that takes long keeps others from being made; standpipe load run tells what holds at a rate.',
  'More than one process: all clients are connections of this one, and a square in which it was the limit says so.',
  'Pipelining, other than in our append, and TLS.',
  'Long runs: a square lasts a fraction of a second and meets no rewrite, no fork and no full disk.',
]

/** Entries that appending alone may add to the deep stream while a square lasts. */
const ADDED = 300_000
/** What an entry takes beside its payload, pending included. */
const OVERHEAD_BYTES = 200

/** Measures the matrix on servers of our own, or on the operator's once it has been shown to be meant. */
export async function runBaseline(
  plan: BaselinePlan,
  options: TargetOptions & LoadOptions,
  { stderr, signal }: CommandContext,
): Promise<Answers> {
  const { 'redis-url': foreign } = options
  const bytes = (plan.depth + ADDED) * (Math.max(...plan.payloads) + OVERHEAD_BYTES)
  const need = { bytes, redisUrl: foreign, advice: 'ask for a smaller --depth, or smaller --payloads' }
  const environment = {
    commands: plan.commands.join(', '),
    payloads: plan.payloads.map((bytes) => `${bytes} B`).join(', '),
    clients: plan.clients.join(', '),
    depth: `${plan.depth} entries`,
  }
  const progress = { stderr, signal, quiet: options.json }
  const subject = `the speed of ${foreign === undefined ? 'a Redis of our own' : 'your Redis'}`
  const noTool = findExecutable('redis-benchmark') === null
  const caveats = [
    ...(noTool ? ['redis-benchmark is not on PATH: there is nothing to compare with.'] : []),
    ...NOT_COVERED,
  ]
  if (foreign === undefined) {
    await requireRoom(need)
    const redis = `${await ownRedisVersion()}, private, noeviction, one per policy of the append-only file`
    const questions = { subject, environment: { redis, ...environment }, steps: ownSteps(plan), caveats }
    return await runSections(questions, progress)
  }
  await using target = await openTarget(options)
  await requireRoom(need)
  const steps = [foreignStep(target.redisUrl, plan)]
  const questions = { subject, environment: { redis: target.description, ...environment }, steps, caveats }
  return await runSections(questions, progress)
}

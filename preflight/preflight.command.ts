import { findProfile } from '#audit/find-profile.ts'
import { defineCommand } from '#kernel/cli/command.ts'
import { runSteps } from '#kernel/cli/progress.ts'
import { environment } from '#kernel/config/env.ts'
import { variableOf } from '#kernel/config/setting.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { publishReport } from '#reports/publish-report.ts'
import { auditStep } from './audit-step.ts'
import { capacityStep } from './capacity-step.ts'
import { describeEnvironment } from './describe-environment.ts'
import { drillStep } from './drill-step.ts'
import { endToEndStep } from './end-to-end-step.ts'
import { openPlan } from './open-plan.ts'
import { toPreflightReport } from './to-preflight-report.ts'

/** Below that a run is over before there is anything to see. */
const FEWEST_EVENTS = 1_000

export const command = defineCommand({
  name: 'preflight',
  describe:
    'Prove on this machine, in two minutes, that the buffer loses nothing: audit, capacity, pipeline, drill',
  examples: [
    ['standpipe preflight', 'everything, on a Redis and a PostgreSQL of its own'],
    ['standpipe preflight --events-per-second 1500 --maxmemory 8gb', 'judged for your traffic and your size'],
    ['standpipe preflight --redis-url redis://10.0.0.7:6379', 'your Redis: only what reads'],
  ],
  options: (yargs) =>
    withLoadOptions(
      withSettings(yargs, ['stream', 'profile', 'maxmemory', 'events-per-second'])
        .option('redis-url', {
          type: 'string',
          requiresArg: true,
          describe: 'Your Redis instead of one of our own; it is only read, unless marked and confirmed',
          ...fromEnvironment(variableOf('redis-url')),
        })
        .option('database-url', {
          type: 'string',
          requiresArg: true,
          describe:
            'PostgreSQL to index into, in a schema of its own that is dropped again; unset embeds one',
          ...fromEnvironment('DATABASE_URL'),
        })
        .option('events', {
          type: 'number',
          requiresArg: true,
          default: 50_000,
          describe: 'Events through the whole pipeline; fewer are quicker, and their p99 is worth less',
          coerce: (events: number) => {
            if (Number.isInteger(events) && events >= FEWEST_EVENTS) return events
            throw new UsageError(`--events: "${events}" is not a whole number of at least ${FEWEST_EVENTS}`)
          },
        })
        .option('confirm', {
          type: 'string',
          requiresArg: true,
          describe: 'Run id of your Redis: load on it is meant',
        }),
    ),

  async run({ out, json, profile, ...choices }, { signal, stdout, stderr }) {
    const startedAt = new Date().toISOString()
    await using plan = await openPlan({ ...choices, profile: findProfile(profile) })
    const steps = [auditStep, capacityStep, endToEndStep, drillStep].map((step) => step(plan))
    const results = await runSteps(steps, { stderr, signal, quiet: json })
    const report = toPreflightReport({
      subject: plan.owned ? 'a buffer of our own on this machine' : 'your Redis',
      startedAt,
      finishedAt: new Date().toISOString(),
      environment: describeEnvironment(plan),
      ends: results.map(({ end }) => end),
    })
    return publishReport(report, { out, json }, { stdout, stderr })
  },
})

/** Never shown by `--help`, since it may hold a password. */
function fromEnvironment(variable: string): { default?: string; defaultDescription?: string } {
  const value = environment()[variable]
  return value ? { default: value, defaultDescription: `from ${variable}` } : {}
}

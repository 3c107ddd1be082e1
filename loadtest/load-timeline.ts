import type { Moment } from '#kernel/report/report.ts'
import type { LoadRun } from './engine/load-run.ts'
import type { FlowSample } from './flow/flow-sample.ts'

/** What happened when, in seconds since the first arrival: phases, the end of load and drain, silences of Redis. */
export function loadTimeline({ scenario, loadMs, drainMs, flows }: LoadRun): Moment[] {
  const moments: Moment[] = [
    ...scenario.flows.flatMap(({ name, phases }) =>
      phasesOf(phases, scenario.flows.length > 1 ? `${name}: ` : ''),
    ),
    { at: loadMs / 1_000, what: 'everything is appended', kind: 'note' },
    ...(drainMs === null
      ? []
      : [{ at: (loadMs + drainMs) / 1_000, what: 'everything is committed', kind: 'recovery' } as const]),
    ...silencesOf(flows[0]?.samples ?? []),
  ]
  return moments.toSorted((a, b) => a.at - b.at)
}

function phasesOf(phases: LoadRun['scenario']['flows'][number]['phases'], of: string): Moment[] {
  let at = 0
  return phases.map(({ name, lasts }) => {
    const moment = { at, what: `${of}${name} begins`, kind: 'note' } as const
    at += lasts
    return moment
  })
}

function silencesOf(samples: readonly FlowSample[]): Moment[] {
  const turns = samples.filter(({ redisUp }, place) => redisUp !== (samples[place - 1]?.redisUp ?? true))
  return turns.map(({ at, redisUp }) =>
    redisUp
      ? { at, what: 'Redis answers again', kind: 'recovery' }
      : { at, what: 'Redis does not answer', kind: 'fault' },
  )
}

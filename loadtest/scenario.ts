import { z } from 'zod'
import { phaseSchema } from '#loadtest/arrivals/phase.ts'

const share = z.number().min(0, 'expected a share, 0 to 1').max(1, 'expected a share, 0 to 1')
const id = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected a word of small letters, digits and dashes')

/** What is particular about the entries of a flow; everything else is as the synthetic network makes it. */
const entriesSchema = z.strictObject({
  /** Bytes by which each record is larger than usual. */
  padBytes: z.int().min(0).max(1_000_000, 'expected at most 1000000').default(0),
  /** Share of entries that are no event: no consumer can read them, each belongs into the dead letters. */
  poison: share.default(0),
  /** Exponent of the Zipf law by which authors are drawn: 0 is everyone alike, 2 is a few who are half of all. */
  hotAccounts: z.number().min(0).max(5, 'expected at most 5').default(0.9),
})

/** Entries on their way into one stream. */
const flowSchema = z.strictObject({
  name: id,
  /** Open: arrivals follow the clock. Closed: the next is sent when the last is through, as fast as that goes. */
  model: z.enum(['open', 'closed']).default('open'),
  phases: z.array(phaseSchema).min(1, 'expected at least one phase'),
  entries: entriesSchema.prefault({}),
})

const groupSchema = z.strictObject({
  name: id,
  consumers: z.int().min(1, 'expected at least one consumer').max(64, 'expected at most 64').default(1),
  /** What each commit of the sink takes, in milliseconds. */
  commitMs: z.number().min(0, 'expected 0 or more').max(60_000, 'expected at most 60000').default(0),
  /** Entries that one more consumer takes at the beginning, and dies with. */
  abandoned: z.int().min(0).max(100_000, 'expected at most 100000').default(0),
  /** Seconds without a sign of life after which entries are claimed. */
  claimIdle: z.number().min(0.1, 'expected at least 0.1').max(3_600, 'expected at most 3600').default(10),
  readCount: z.int().min(1).max(10_000).default(500),
  /** From the start, or only when everything has been appended: then a backlog is drained. */
  begins: z.enum(['at-once', 'after-load']).default('at-once'),
})

const thresholdSchema = z.strictObject({
  /** Name of a measurement of the run: `committed p99`, `entries appended`. */
  measure: z.string().min(1),
  atMost: z.number().optional(),
  atLeast: z.number().optional(),
})

/** The weather of a load run: what comes when, who reads it, and what would be too slow. */
export const scenarioSchema = z
  .strictObject({
    id,
    title: z.string().min(1),
    /** The question that a run answers. */
    asks: z.string().min(1),
    /** The most urgent first: consumers take from it while it has entries. */
    flows: z.array(flowSchema).min(1, 'expected at least one flow').max(4, 'expected at most 4 flows'),
    groups: z.array(groupSchema).min(1, 'expected at least one group').max(64, 'expected at most 64'),
    /** Seconds that consumers have for what is left once everything is appended. */
    drainWithin: z.number().positive().default(60),
    thresholds: z.array(thresholdSchema).default([]),
  })
  .superRefine(refuseTheImpossible)

export type Scenario = z.infer<typeof scenarioSchema>
export type Flow = Scenario['flows'][number]
export type Group = Scenario['groups'][number]
export type Threshold = z.infer<typeof thresholdSchema>

/** Throws `ZodError` on what cannot be; what is left out takes its default. */
export function defineScenario(scenario: z.input<typeof scenarioSchema>): Scenario {
  return scenarioSchema.parse(scenario)
}

type Refuse = (path: (string | number)[], message: string) => void

function refuseTheImpossible(
  { flows, groups, thresholds }: Pick<Scenario, 'flows' | 'groups' | 'thresholds'>,
  context: z.RefinementCtx,
): void {
  const refuse: Refuse = (path, message) => context.addIssue({ code: 'custom', path, message })
  for (const [list, items] of Object.entries({ flows, groups })) {
    const names = new Set(items.map(({ name }) => name))
    if (names.size < items.length) refuse([list], 'expected names that differ')
  }
  for (const [place, flow] of flows.entries()) refuseFlow(flow, ['flows', place, 'phases'], refuse)
  for (const [place, { atMost, atLeast }] of thresholds.entries()) {
    if (atMost === undefined && atLeast === undefined)
      refuse(['thresholds', place], 'expected atMost or atLeast')
  }
}

function refuseFlow({ phases }: Flow, path: (string | number)[], refuse: Refuse): void {
  if (phases.every(({ warmUp }) => warmUp)) refuse(path, 'expected a phase that is no warm-up')
  for (const [place, { arrivals }] of phases.entries()) {
    if (arrivals.shape === 'bursts' && arrivals.burstLasts > arrivals.every)
      refuse([...path, place, 'arrivals'], 'expected bursts that end before the next begins')
  }
}

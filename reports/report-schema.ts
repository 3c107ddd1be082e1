import { z } from 'zod'
import { type Report, UNITS } from '#kernel/report/report.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'

const verdict = z.enum(VERDICTS).describe('unknown says that the evidence could not settle the question')
const unit = z.enum(UNITS)
const sentence = z.string()
const optional = sentence.exactOptional()
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

const measurement = z.strictObject({
  name: sentence,
  unit,
  value: z.number().nullable().describe('null when it could not be measured'),
  samples: z.number().describe('how many samples stand behind the value'),
  method: sentence,
  better: z.enum(['higher', 'lower']).describe('where the unit does not say it').exactOptional(),
  rounds: list(z.number()).describe('values of single rounds or windows of the run').exactOptional(),
})

const statement = z.strictObject({
  subject: sentence,
  verdict,
  says: sentence,
  expected: optional,
  why: optional,
  remedy: optional,
})

const point = z.tuple([z.number(), z.number().nullable()]).readonly()

const plot = z.strictObject({
  title: sentence,
  unit,
  x: z.enum(['seconds', 'percentile']),
  series: list(z.strictObject({ name: sentence, points: list(point) })),
  ceiling: z.strictObject({ name: sentence, value: z.number() }).exactOptional(),
  method: optional,
})

const moment = z.strictObject({
  at: z.number().describe('seconds since the section began'),
  what: sentence,
  kind: z.enum(['note', 'fault', 'alert', 'recovery']),
})

const section = z.strictObject({
  title: sentence,
  verdict,
  answer: optional,
  statements: list(statement),
  measurements: list(measurement),
  plots: list(plot),
  timeline: list(moment),
})

/** What a saved report must look like. `standpipe report schema` prints it, and `report.schema.json` keeps it. */
export const reportSchema = z
  .strictObject({
    schema: z.literal('standpipe/report@1'),
    area: z.enum(['preflight', 'audit', 'loadtest', 'chaos', 'comparison']),
    subject: sentence,
    startedAt: sentence.describe('ISO 8601, UTC'),
    finishedAt: sentence.describe('ISO 8601, UTC'),
    environment: z.record(sentence, sentence),
    verdict,
    sections: list(section),
    caveats: list(sentence).describe('what the run did not look at, or could not'),
  })
  .meta({
    title: 'standpipe report',
    description: 'What one run stated and measured',
  }) satisfies z.ZodType<Report>

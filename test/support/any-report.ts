import fc from 'fast-check'
import { type Measurement, type Report, type Section, UNITS } from '#kernel/report/report.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'

/** Marks a place where a report's own text begins a tag; escaped, it must never appear in a page. */
export const HOSTILE = '<zz'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((rest) => `${HOSTILE}${rest}`),
  fc.constantFrom(
    `${HOSTILE}></script><img src=x onerror=alert(1)>`,
    `" onload="alert(1)" ${HOSTILE}`,
    `' style='x' ${HOSTILE}`,
    `\`\${x}\` ${HOSTILE}`,
    `| a | ${HOSTILE} ![x](https://example.invalid/x.png)`,
    `\u001B[31m${HOSTILE}\u001B]8;;https://example.invalid\u0007`,
    `\u202E${HOSTILE}\uD800\0`,
    `${HOSTILE}${'long'.repeat(200)}`,
  ),
)
const verdict = fc.constantFrom(...VERDICTS)
const unit = fc.constantFrom(...UNITS)
const number = fc.double({ noNaN: true, noDefaultInfinity: true })

/** Any measurement whatever, over the whole range of numbers that JSON can hold. */
const measurement: fc.Arbitrary<Measurement> = fc.record(
  {
    name: text,
    unit,
    value: fc.option(number),
    samples: fc.nat(),
    method: text,
    better: fc.constantFrom('higher' as const, 'lower' as const),
    rounds: fc.array(number, { maxLength: 3 }),
  },
  { requiredKeys: ['name', 'unit', 'value', 'samples', 'method'] },
)

const series = fc.record({
  name: text,
  points: fc.array(fc.tuple(number, fc.option(number)), { maxLength: 20 }),
})

const plot = fc.record(
  {
    title: text,
    unit,
    x: fc.constantFrom('seconds' as const, 'percentile' as const),
    series: fc.array(series, { maxLength: 8 }),
    ceiling: fc.record({ name: text, value: number }),
    method: text,
  },
  { requiredKeys: ['title', 'unit', 'x', 'series'] },
)

const statement = fc.record(
  { subject: text, verdict, says: text, expected: text, why: text, remedy: text },
  { requiredKeys: ['subject', 'verdict', 'says'] },
)

const moment = fc.record({
  at: number,
  what: text,
  kind: fc.constantFrom('note' as const, 'fault' as const, 'alert' as const, 'recovery' as const),
})

const section: fc.Arbitrary<Section> = fc.record(
  {
    title: text,
    verdict,
    answer: text,
    statements: fc.array(statement, { maxLength: 4 }),
    measurements: fc.array(measurement, { maxLength: 3 }),
    plots: fc.array(plot, { maxLength: 3 }),
    timeline: fc.array(moment, { maxLength: 6 }),
  },
  { requiredKeys: ['title', 'verdict', 'statements', 'measurements', 'plots', 'timeline'] },
)

/** Any report that the types allow, with hostile text in every place for text. */
export const anyReport: fc.Arbitrary<Report> = fc.record({
  schema: fc.constant('standpipe/report@1' as const),
  area: fc.constantFrom(...(['preflight', 'audit', 'loadtest', 'chaos', 'comparison'] as const)),
  subject: text,
  startedAt: fc.oneof(text, fc.constant('2026-08-03T12:00:00.000Z')),
  finishedAt: fc.oneof(text, fc.constant('2026-08-03T12:01:43.200Z')),
  environment: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    text,
    { maxKeys: 4 },
  ),
  verdict,
  sections: fc.array(section, { maxLength: 3 }),
  caveats: fc.array(text, { maxLength: 3 }),
})

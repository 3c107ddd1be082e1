import type { AuditFinding } from '../audit-finding.ts'
import { counts } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import { nameSome } from '../name-some.ts'
import { SETTING_COSTS } from './setting-costs.ts'

/** One CONFIG SET that a remedy names. */
interface Step {
  readonly setting: string
  /** As it is typed: quoted where it has to be. */
  readonly value: string
  readonly check: string
  /** What it mends; in a cluster each tells its server. */
  readonly subjects: readonly string[]
}

/**
 * What mends the configuration, as commands in a safe order with what each costs, and as lines for redis.conf.
 * The steps are those that the remedies name, so the plan cannot say something else than the findings. It is
 * text for a person: nothing is applied. What waits for a decision (a value that only an operator knows, the
 * host, the programs around Redis) is listed by itself.
 */
export function toFixPlan({ findings, server }: AuditResults): string {
  const ills = findings.filter((one) => counts(one) && (one.verdict === 'fail' || one.verdict === 'warn'))
  const steps = stepsOf(ills)
  const mended = new Set(steps.map(({ check }) => check))
  const byHand = ills.filter(({ check }) => !mended.has(check))
  return [
    `# What mends ${server.url ?? 'this Redis'}, as an audit found it. Nothing was applied.`,
    ...section('In this order, on the running server', steps.flatMap(describe)),
    ...section(
      'The same for redis.conf, where CONFIG REWRITE may not write',
      steps.map(({ setting, value }) => `${setting} ${value}`),
    ),
    ...section('By hand', byHand.flatMap(describeByHand)),
    '',
  ].join('\n')
}

/** Each setting once, in the order in which it is safe; the first finding that names it decides. */
function stepsOf(findings: readonly AuditFinding[]): Step[] {
  const named = findings.flatMap(({ check, subject, remedy }) =>
    [...remedy.matchAll(/CONFIG SET ([a-z-]+) ("[^"<]*"|[^\s;&,<"]+)/g)].map(
      ([, setting = '', value = '']): Step => ({ setting, value, check, subjects: [subject] }),
    ),
  )
  const settled = [...Map.groupBy(named, ({ setting }) => setting).values()].flatMap(mergeSteps)
  return settled.toSorted((a, b) => rankOf(a) - rankOf(b))
}

function mergeSteps(steps: readonly Step[]): Step[] {
  return steps.slice(0, 1).map((step) => ({ ...step, subjects: steps.flatMap(({ subjects }) => subjects) }))
}

const rankOf = ({ setting }: Step): number => {
  const rank = SETTING_COSTS.findIndex((one) => one.setting === setting)
  return rank < 0 ? SETTING_COSTS.length : rank
}

function describe(step: Step): string[] {
  const cost = SETTING_COSTS.find(({ setting }) => setting === step.setting)
  return [
    `# ${step.check}, ${nameSome(step.subjects)}; costs: ${cost?.costs ?? 'not known; try it elsewhere first'}`,
    `redis-cli CONFIG SET ${step.setting} ${step.value}`,
  ]
}

function describeByHand({ check, subject, observed, remedy }: AuditFinding): string[] {
  return [`# ${check}, ${subject}: ${observed}`, `#   → ${remedy}`]
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return ['', `# ${title}: nothing`]
  return ['', `# ${title}`, ...lines]
}

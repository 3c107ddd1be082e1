import { z } from 'zod'
import { hours } from '#kernel/time/duration.ts'

/** So that nothing is waived for good: whoever still means it says so again. */
export const MOST_DAYS = 90

const day = z.iso.date('expected a day such as 2026-02-28')

const text = z.string().trim().min(1, 'expected some words')

/** A finding that somebody has decided to live with, for a while. */
export const waiverSchema = z.strictObject({
  /** The id of a check. */
  check: text,
  /** Which subjects, `*` and `?` allowed; all of them unless named. */
  subject: text.default('*'),
  reason: text,
  owner: text,
  /** The last day on which it holds, UTC. */
  expires: day,
})

export const waiversSchema = z.strictObject({ waivers: z.array(waiverSchema) })

export type Waiver = z.output<typeof waiverSchema>

/** The first moment at which it no longer holds. */
export function endOf({ expires }: Pick<Waiver, 'expires'>): number {
  return Date.parse(`${expires}T00:00:00Z`) + hours(24)
}

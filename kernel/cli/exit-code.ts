/**
 * What a process exit says. `unknown` has a code of its own so that a pipeline never reads
 * "we could not look" as either green or red.
 */
export const EXIT = {
  ok: 0,
  failed: 1,
  unknown: 2,
  usage: 3,
  dependency: 4,
  bug: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

import { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import type { Run } from '../compare/run.ts'

const text = z.string()

const keptSchema = z.strictObject({
  schema: z.literal('standpipe/kept@1'),
  area: text,
  subject: text,
  startedAt: text,
  verdict: z.enum(VERDICTS),
  questions: z.array(z.strictObject({ title: text, verdict: z.enum(VERDICTS) })),
  environment: z.record(text, text),
  measured: z.array(
    z.strictObject({
      section: text,
      name: text,
      unit: text,
      value: z.number().nullable(),
      rounds: z.array(z.number()),
      better: z.enum(['higher', 'lower']).nullable(),
    }),
  ),
})

/** A run as one line of a history, its newline included. */
export function toKeptLine({
  area,
  subject,
  startedAt,
  verdict,
  questions,
  environment,
  measured,
}: Run): string {
  const line = {
    schema: 'standpipe/kept@1',
    area,
    subject,
    startedAt,
    verdict,
    questions,
    environment,
    measured,
  }
  return `${JSON.stringify(line)}\n`
}

/** Reads a history back, oldest first. Throws `UsageError`, with the number of the line, for one that is not whole. */
export function parseKeptLines(history: string, file: string): Run[] {
  const lines = history.split('\n')
  const last = lines.pop()
  if (last) throw new UsageError(`line ${lines.length + 1} of "${file}" breaks off; remove it`)
  return lines.map((line, index) => ({ file, ...parseLine(line, `line ${index + 1} of "${file}"`) }))
}

function parseLine(line: string, place: string): Omit<Run, 'file'> {
  const result = keptSchema.safeParse(jsonOrNull(line))
  if (!result.success) {
    throw new UsageError(
      `${place} is no kept run of this version, "standpipe/kept@1": ${result.error.issues[0]?.message}; remove it`,
    )
  }
  const { area, subject, startedAt, verdict, questions, environment, measured } = result.data
  return { area, subject, startedAt, verdict, questions, environment, measured }
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

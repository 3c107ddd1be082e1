import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'

/** A file of ours in YAML, held against its schema. Throws `UsageError` that names every problem. */
export async function readYaml<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const document = parseDocument(await readText(path))
  const [broken] = document.errors
  if (broken) throw new UsageError(`cannot read "${path}": ${broken.message.split('\n')[0]}`)
  const result = schema.safeParse(document.toJS() ?? {})
  if (result.success) return result.data
  const problems = result.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'the whole'}: ${message}`,
  )
  throw new UsageError(`"${path}" is not as expected: ${problems.join('; ')}`)
}

/** Throws `UsageError` when there is no such file. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read "${path}": ${(error as Error).message}`, { cause: error })
  }
}

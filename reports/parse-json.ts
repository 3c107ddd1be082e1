import { UsageError } from '#kernel/errors.ts'

/** Parses JSON; `name` says in an error which file it was. Throws `UsageError`. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`"${name}" is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

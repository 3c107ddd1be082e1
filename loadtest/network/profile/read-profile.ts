import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { type Profile, profileSchema } from './profile.ts'

/**
 * A profile from a file, YAML or JSON; what it leaves out is as in the default mix. Throws `DependencyError` when the
 * file cannot be read, `UsageError` with everything that is wrong with it.
 */
export async function readProfile(path: string): Promise<Profile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new DependencyError(`cannot read the profile "${path}": ${error.message}`, { cause: error })
  })
  const checked = profileSchema.safeParse(parsed(text, path))
  if (checked.success) return checked.data
  const wrong = checked.error.issues.map(
    ({ path: at, message }) => `${z.core.toDotPath(at) || 'profile'}: ${message}`,
  )
  throw new UsageError(`the profile "${path}" cannot be used: ${wrong.join('; ')}`)
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const [first] = (error as Error).message.split('\n')
    throw new UsageError(`the profile "${path}" is neither YAML nor JSON: ${first}`, { cause: error })
  }
}

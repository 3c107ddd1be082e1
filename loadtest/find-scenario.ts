import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { UsageError } from '#kernel/errors.ts'
import { checkScenario } from './check-scenario.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

/**
 * The scenario of this id, or the one in this file, YAML or JSON. Throws `UsageError` when there is neither, or when
 * the file asks for what cannot be; all that is wrong with it is said at once.
 */
export async function findScenario(idOrFile: string): Promise<Scenario> {
  const declared = scenarios.find(({ id }) => id === idOrFile)
  if (declared) return declared
  if (!/[./\\]/.test(idOrFile)) {
    const known = scenarios.map(({ id }) => id).join(', ')
    throw new UsageError(`no scenario "${idOrFile}"; name one of ${known}, or a file of your own`)
  }
  return checkScenario(await readDocument(idOrFile), idOrFile)
}

async function readDocument(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    const [first] = (error as Error).message.split('\n')
    throw new UsageError(`cannot read the scenario "${path}": ${first}`, { cause: error })
  }
}

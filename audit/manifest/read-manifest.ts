import { existsSync } from 'node:fs'
import { readYaml } from '../read-yaml.ts'
import { type Manifest, manifestSchema } from './manifest.ts'

/** Read where nothing else is named, if it is there. */
const USUAL = 'standpipe.yaml'

/** What was declared; `null` when no file is named and the usual one is not there. Throws `UsageError`. */
export async function readManifest(path: string | undefined): Promise<Manifest | null> {
  if (path === undefined && !existsSync(USUAL)) return null
  return readYaml(path ?? USUAL, manifestSchema)
}

import { existsSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../shared/fixtures/repos', import.meta.url))

/** Exports of real repos, as CAR files; empty where the fixtures are not there. */
export const CAPTURED_REPOS: readonly string[] = existsSync(FOLDER) ? globSync(`${FOLDER}/*.car`).sort() : []

/** Why tests with real repos cannot run here; `null` when they can. */
export const missingRepos: string | null =
  CAPTURED_REPOS.length > 0 ? null : `no exported repos in ${FOLDER}; these tests read them`

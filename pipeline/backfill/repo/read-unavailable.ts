import type { IncomingMessage } from 'node:http'
import type { Patience } from '#pipeline/backfill/fetch/read-body.ts'
import { readRefusal } from '#pipeline/backfill/fetch/refusal.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'

/** What the lexicon calls accounts whose repo is not served, https://atproto.com/specs/account. */
const STATUSES: Readonly<Record<string, string>> = {
  RepoDeactivated: 'deactivated',
  RepoTakendown: 'takendown',
  RepoSuspended: 'suspended',
}

/** The state of an account for which its host does not serve the repo. Throws `RepoError` when it is another refusal. */
export async function readUnavailable(
  answer: IncomingMessage,
  host: string,
  patience: Patience,
): Promise<string> {
  const { status, name } = await readRefusal(answer, patience)
  const state = Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined
  if (state !== undefined) return state
  const reason = name === 'RepoNotFound' ? 'repo-not-found' : 'refused-by-host'
  throw new RepoError(reason, `${host} answered with status ${status} ${name}`.trimEnd())
}

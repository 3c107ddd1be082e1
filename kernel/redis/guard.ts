import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseInfo } from './parse-info.ts'

/** What the guard knows of a Redis that somebody wants to load or to break. */
export interface GuardEvidence {
  /** Changes with every start of the server, so that a copied command line cannot hit another one later. */
  readonly runId: string
  readonly role: string
  /** What the marker key holds; `null` when it is not set. */
  readonly marker: string | null
}

/** What the operator said about it. */
export interface Permission {
  /** Names the key by which an operator says that this Redis may be broken. */
  readonly markerKey: string
  /** The run id that the operator typed; absent when none was. */
  readonly confirmed?: string | undefined
}

export type GuardJudgement =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: string }

/**
 * Whether a Redis that we did not start may be loaded and broken on purpose: only a primary that carries the
 * marker key, and only while it is the very process that the operator confirmed.
 */
export function judgeGuard(evidence: GuardEvidence, { markerKey, confirmed }: Permission): GuardJudgement {
  const { runId, role, marker } = evidence
  const refused = (because: string) => ({ allowed: false, because }) as const
  if (role !== 'master')
    return refused(`this Redis is a ${role === 'slave' ? 'replica' : role}; name the primary`)
  if (marker === null) {
    return refused(
      `this Redis is not marked as one that may be broken; if it is, set the key first: SET ${markerKey} "<who says so>"`,
    )
  }
  if (confirmed === undefined) {
    return refused(`its data may be destroyed; confirm that you mean this very server: --confirm ${runId}`)
  }
  if (confirmed !== runId) {
    return refused(
      `its run id is ${runId}, not "${confirmed}": this is another server, or it was restarted; confirm again if you mean it: --confirm ${runId}`,
    )
  }
  return { allowed: true }
}

/** Two round trips, O(1). */
export async function readGuardEvidence(redis: Redis, markerKey: string): Promise<GuardEvidence> {
  const server = parseInfo(await redis.info('server'))
  const replication = parseInfo(await redis.info('replication'))
  return {
    runId: server.get('run_id') ?? '',
    role: replication.get('role') ?? 'server of unknown role',
    marker: await redis.get(markerKey),
  }
}

/** Throws `UsageError`, which says what to do, unless this Redis may be loaded and broken. */
export async function requireMayBreak(redis: Redis, permission: Permission): Promise<void> {
  const judgement = judgeGuard(await readGuardEvidence(redis, permission.markerKey), permission)
  if (!judgement.allowed) throw new UsageError(judgement.because)
}

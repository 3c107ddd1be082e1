import type { AuditFinding } from '#audit/audit-finding.ts'
import type { AuditResults } from '#audit/audit-results.ts'

export const aFinding = (overrides: Partial<AuditFinding> = {}): AuditFinding => ({
  check: 'eviction-policy',
  subject: 'maxmemory-policy',
  verdict: 'fail',
  observed: 'allkeys-lru; one eviction deletes the whole stream: 3 entries',
  expected: 'noeviction',
  evidence: [{ command: 'CONFIG GET maxmemory-policy', value: 'maxmemory-policy=allkeys-lru' }],
  why: 'One eviction deletes the whole stream.',
  remedy: 'redis-cli CONFIG SET maxmemory-policy noeviction && redis-cli CONFIG REWRITE',
  ...overrides,
})

export const someResults = (...findings: readonly AuditFinding[]): AuditResults => ({
  schema: 'standpipe/audit@1',
  verdict: 'fail',
  profile: 'buffer',
  server: { url: 'redis://***@127.0.0.1:6379', version: 'redis 7.0.15' },
  startedAt: '2026-02-01T10:00:00.000Z',
  finishedAt: '2026-02-01T10:00:00.250Z',
  findings,
})

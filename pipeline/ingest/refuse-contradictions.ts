import { UsageError } from '#kernel/errors.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { subscriptionUrl } from './relay/subscription-url.ts'

interface Asked {
  readonly hosts: number
  /** Whether one of them is named twice. */
  readonly repeatsHost: boolean
  readonly dialect: string
  /** Whether entries carry the revs of their commits. */
  readonly hasRevs: boolean
  readonly merges: boolean
  readonly bySeq: boolean
  readonly onFutureCursor: string
  readonly namesCursor: boolean
  /** Whether the reference client reads. */
  readonly byClient: boolean
  readonly verify: string
}

interface Contradiction {
  readonly is: (asked: Asked) => boolean
  readonly says: (asked: Asked) => string
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    is: ({ hosts, namesCursor }) => hosts > 1 && namesCursor,
    says: () => '--cursor-key is the cursor of one relay; leave it out, or name one relay',
  },
  {
    is: ({ merges, hasRevs }) => merges && !hasRevs,
    says: ({ dialect }) =>
      `--relay-mode merge needs consumers that compare revs, and dialect "${dialect}" carries none; use failover`,
  },
  {
    is: ({ merges, onFutureCursor }) => merges && onFutureCursor !== 'wait',
    says: ({ onFutureCursor }) =>
      `--on-future-cursor ${onFutureCursor} is for one relay at a time; use --relay-mode failover, or wait`,
  },
  {
    is: ({ byClient, merges }) => byClient && merges,
    says: () =>
      '--source atproto-sync hears one relay at a time; use --relay-mode failover, or --source relay',
  },
  {
    is: ({ byClient, verify }) => byClient && verify !== 'cid' && verify !== 'signature',
    says: ({ verify }) =>
      `--source atproto-sync verifies by cid or by signature, not "${verify}"; use --source relay, or one of these`,
  },
  {
    is: ({ bySeq, hosts }) => bySeq && hosts > 1,
    says: ({ hosts }) =>
      `--entry-id seq numbers entries by the sequences of one host, and ${hosts} are named; name one, or use time`,
  },
  {
    is: ({ bySeq, hasRevs }) => bySeq && !hasRevs,
    says: ({ dialect }) =>
      `dialect "${dialect}" orders events by the time in the IDs of their entries; use --entry-id time`,
  },
  {
    is: ({ bySeq, onFutureCursor }) => bySeq && onFutureCursor !== 'wait',
    says: ({ onFutureCursor }) =>
      `--on-future-cursor ${onFutureCursor} may begin with lower sequences, which --entry-id seq cannot add; use wait`,
  },
  {
    is: ({ merges, repeatsHost }) => merges && repeatsHost,
    says: () => '--relay names a host twice; name each relay that is to be merged once',
  },
]

/** Throws `UsageError` when a host is none, or what is asked for cannot be had together. */
export function refuseContradictions(hosts: readonly string[], options: IngesterOptions): void {
  for (const host of hosts) subscriptionUrl(host, null)
  const { dialect = divy, labels } = options
  const asked: Asked = {
    hosts: hosts.length,
    repeatsHost: new Set(hosts.map(hostOf)).size < hosts.length,
    dialect: dialect.name,
    hasRevs: !dialect.lacks.some(({ field }) => field === 'rev'),
    merges: options.relayMode === 'merge' && labels === undefined,
    bySeq: options.entryId === 'seq',
    onFutureCursor: options.onFutureCursor ?? 'wait',
    byClient: options.source === 'atproto-sync' && labels === undefined,
    verify: options.verify ?? 'cid',
    namesCursor: options.cursorKey !== undefined && labels === undefined,
  }
  const found = CONTRADICTIONS.find(({ is }) => is(asked))
  if (found) throw new UsageError(found.says(asked))
}

import type { Verdict } from '#kernel/verdict/verdict.ts'

export type Product = 'redis' | 'valkey' | 'dragonfly' | 'keydb'

/** Something that is wrong with streams in a range of versions. */
export interface KnownDefect {
  readonly product: Product
  /** Versions from `from` on and before `before`; without `before` it is not mended yet. */
  readonly ranges: readonly { readonly from: string; readonly before?: string }[]
  readonly verdict: Extract<Verdict, 'warn' | 'fail'>
  /** What goes wrong, and for whom. */
  readonly says: string
  /** The defect matters only where this command was ever called; otherwise it is a warning at most. */
  readonly calls?: string
}

/** Stream defects by version; later entries do not stand in for earlier ones, all that apply are told. */
export const KNOWN_DEFECTS: readonly KnownDefect[] = [
  {
    product: 'redis',
    ranges: [{ from: '0', before: '6.2.0' }],
    verdict: 'fail',
    says: 'no XAUTOCLAIM and no MINID: entries of a dead consumer cannot be claimed, nor trimmed safely',
  },
  {
    product: 'redis',
    ranges: [{ from: '6.2.0', before: '7.0.0' }],
    verdict: 'warn',
    says: 'no lag and no entries-added: loss by trimming cannot be seen',
  },
  {
    product: 'redis',
    ranges: [{ from: '7.0.0', before: '7.0.5' }],
    verdict: 'fail',
    says: 'XAUTOCLAIM can corrupt memory (CVE-2022-31144, CVE-2022-35951)',
  },
  {
    product: 'redis',
    ranges: [
      { from: '7.0.5', before: '7.4.4' },
      { from: '7.9.0', before: '8.0.0' },
    ],
    verdict: 'warn',
    says: 'lag is wrong after a trim passed a group, and unknown on replicas before 7.4',
  },
  {
    product: 'redis',
    ranges: [{ from: '7.0.0', before: '7.2.0' }],
    verdict: 'warn',
    says: 'no longer maintained; no WAITAOF, and a starving consumer cannot be told from a live one (no inactive)',
  },
  {
    product: 'redis',
    ranges: [{ from: '7.2.0', before: '7.4.3' }],
    verdict: 'warn',
    says: 'WAITAOF can return before the write is on the disk',
    calls: 'waitaof',
  },
  {
    product: 'redis',
    ranges: [
      { from: '7.4.0', before: '7.4.11' },
      { from: '8.2.0', before: '8.2.9' },
      { from: '8.4.0', before: '8.4.6' },
      { from: '8.6.0', before: '8.6.6' },
      { from: '8.8.0', before: '8.8.2' },
    ],
    verdict: 'warn',
    says: 'XREAD and XREADGROUP can read past the key permissions of an ACL',
  },
  {
    product: 'redis',
    ranges: [{ from: '8.2.0', before: '8.2.1' }],
    verdict: 'fail',
    says: 'XADD and XTRIM can crash the server after it loaded a snapshot',
  },
  {
    product: 'redis',
    ranges: [{ from: '8.2.0', before: '8.2.3' }],
    verdict: 'fail',
    says: 'XACKDEL can be made to run code (CVE-2025-62507)',
    calls: 'xackdel',
  },
  {
    product: 'redis',
    ranges: [
      { from: '8.2.0', before: '8.2.7' },
      { from: '8.4.0', before: '8.4.4' },
    ],
    verdict: 'warn',
    says: 'trimming with ~ and ACKED or DELREF removes nothing: the stream grows until the memory is full',
  },
  {
    product: 'redis',
    ranges: [{ from: '8.6.0', before: '8.6.2' }],
    verdict: 'warn',
    says: 'XADD with IDMP forgets what it knew when the append-only file has no RDB preamble: duplicates after a restart',
  },
  {
    product: 'valkey',
    ranges: [{ from: '0' }],
    verdict: 'warn',
    says: 'lag can be wrong after a trim passed a group',
  },
  {
    product: 'dragonfly',
    ranges: [{ from: '0' }],
    verdict: 'warn',
    says: 'streams differ from Redis: entries-read is not kept, and two blocked consumers can get the same entry',
  },
  {
    product: 'keydb',
    ranges: [{ from: '0' }],
    verdict: 'warn',
    says: 'streams as in Redis 6: no lag and no entries-added, so loss by trimming cannot be seen',
  },
]

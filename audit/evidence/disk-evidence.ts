import type { Quote } from '../quote.ts'

export interface DiskEvidence {
  readonly folder: string
  readonly freeBytes: number
  readonly totalBytes: number
  /** `tmpfs`, `nfs` and the like where a name is known; `other` for disks. */
  readonly fileSystem: 'tmpfs' | 'nfs' | 'overlay' | 'other'
  readonly quotes: readonly Quote[]
}

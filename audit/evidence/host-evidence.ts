import type { Quote } from '../quote.ts'

export interface HostEvidence {
  /** How we know that the server runs on this kernel. */
  readonly proof: string
  /** `always`, `madvise` or `never`. */
  readonly transparentHugePages: string
  /** Whether the kernel may give huge pages to the server's process; `null` when that cannot be seen. */
  readonly processTakesHugePages: boolean | null
  /** `vm.overcommit_memory`: 0 guesses, 1 always grants, 2 never grants more than there is. */
  readonly overcommitMemory: number
  /** Memory of the server's process that lies in swap; `null` when that cannot be seen. */
  readonly swappedBytes: number | null
  /** Most connections that the kernel lets wait to be accepted. */
  readonly listenBacklog: number
  /** Where the kernel reads the time; `null` where it does not say. */
  readonly clockSource: string | null
  /** Files that the server's process may open at once; `null` when that cannot be seen. */
  readonly openFilesLimit: number | null
  readonly quotes: readonly Quote[]
}

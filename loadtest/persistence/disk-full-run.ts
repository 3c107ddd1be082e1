import type { ReadBack } from '../capacity/read-back.ts'

/** What was seen on a disk that was full and had room again, without a judgement. */
export interface DiskFullRun {
  /** Size of the disk, in bytes. */
  readonly diskBytes: number
  /** Entries acknowledged until Redis refused. */
  readonly filled: number
  /** Redis' words; `null` when it never refused. */
  readonly refusal: string | null
  /** What it answered to PING meanwhile. */
  readonly ping: string
  /** Entries that could be read meanwhile. */
  readonly readable: number
  /** From the return of room to the first entry that was taken again. */
  readonly backSeconds: number | null
  readonly acknowledged: number
  /** All that another server reads from the files of that disk in the end, held against what was acknowledged. */
  readonly onDisk: ReadBack
}

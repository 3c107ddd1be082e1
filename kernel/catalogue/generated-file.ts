/** A committed file whose text follows from others; a test compares it with what it should be. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
}

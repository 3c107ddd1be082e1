/** What the flood relay says of itself. */
export interface FloodAnnouncement {
  readonly listening: string
  /** Directory of the accounts that sign its frames. */
  readonly plc: string
  /** In one round of its frames. */
  readonly frames: number
  readonly events: number
}

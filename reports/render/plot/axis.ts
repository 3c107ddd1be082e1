/** One direction of a plot: where a value lies, in units of the drawing, and what is written beside it. */
export interface Axis {
  /** `null` for a value that has no place on this axis. */
  at(value: number): number | null
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
  /** What the ticks count. */
  readonly title: string
}

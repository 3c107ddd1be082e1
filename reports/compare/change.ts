/** How a number moved between two sides: `changed` where nobody says which way is good, `new` where it was not measured before. */
export type Direction = 'better' | 'worse' | 'changed' | 'same' | 'no worse' | 'new' | 'unknown'

/** One number of both sides, side by side. */
export interface JudgedChange {
  readonly section: string
  readonly name: string
  readonly unit: string
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly direction: Direction
  /** Why, in a sentence without the values. */
  readonly because: string
}

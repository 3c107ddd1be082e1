/** Where a value lies with 95 % confidence, both ends included. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** How many standard errors to either side of a normal estimate hold 95 %. */
export const ERRORS_FOR_95 = 1.959964

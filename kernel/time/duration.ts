/** A span of time in milliseconds. Built with `seconds` or `minutes`, so that the unit is read at the call. */
export type Duration = number

export const milliseconds = (amount: number): Duration => amount
export const seconds = (amount: number): Duration => amount * 1_000
export const minutes = (amount: number): Duration => amount * 60_000
export const hours = (amount: number): Duration => amount * 3_600_000

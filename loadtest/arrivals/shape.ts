import { z } from 'zod'

const perSecond = z.number().positive('expected a rate above 0').max(10_000_000, 'expected at most 10000000')
const anyRate = z.number().min(0, 'expected a rate of 0 or more').max(10_000_000, 'expected at most 10000000')
const span = z.number().positive('expected seconds above 0')

/** How arrivals come over the time of a phase, in events per second; times are in seconds. */
export const shapeSchema = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('constant'), rate: perSecond }),
  /** From one rate to another, evenly. */
  z.strictObject({ shape: z.literal('ramp'), from: anyRate, to: perSecond }),
  /** A sine around the mean; a swing of 1 goes down to nothing at night. */
  z.strictObject({
    shape: z.literal('day-night'),
    mean: perSecond,
    swing: z.number().min(0).max(1),
    dayLasts: span,
  }),
  /** Peaks of equal length, the first at once. */
  z.strictObject({
    shape: z.literal('bursts'),
    base: anyRate,
    peak: perSecond,
    every: span,
    burstLasts: span,
  }),
  /** A sudden peak that halves again and again, as interest in a post does. */
  z.strictObject({ shape: z.literal('surge'), base: anyRate, peak: perSecond, halfLife: span }),
])

export type Shape = z.infer<typeof shapeSchema>

/** Events per second at a moment of the phase, in seconds since its beginning. */
export function rateAt(shape: Shape, second: number, lasts: number): number {
  switch (shape.shape) {
    case 'constant':
      return shape.rate
    case 'ramp':
      return shape.from + ((shape.to - shape.from) * second) / lasts
    case 'day-night':
      return shape.mean * (1 + shape.swing * Math.sin((2 * Math.PI * second) / shape.dayLasts))
    case 'bursts':
      return second % shape.every < shape.burstLasts ? shape.peak : shape.base
    case 'surge':
      return shape.base + (shape.peak - shape.base) * 2 ** (-second / shape.halfLife)
  }
}

/** The same shape at another height: every rate times `factor`. */
export function scaled(shape: Shape, factor: number): Shape {
  switch (shape.shape) {
    case 'constant':
      return { ...shape, rate: shape.rate * factor }
    case 'ramp':
      return { ...shape, from: shape.from * factor, to: shape.to * factor }
    case 'day-night':
      return { ...shape, mean: shape.mean * factor }
    case 'bursts':
    case 'surge':
      return { ...shape, base: shape.base * factor, peak: shape.peak * factor }
  }
}

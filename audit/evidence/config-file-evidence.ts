import type { Quote } from '../quote.ts'

/** The `redis.conf` that the server was started with, as it lies on the disk now. */
export interface ConfigFileEvidence {
  readonly path: string
  /** The last directive of a name wins; `save` and the buffer limits are told as CONFIG GET tells them. */
  readonly directives: ReadonlyMap<string, Directive>
}

export interface Directive {
  readonly value: string
  /** From 1. */
  readonly line: number
  readonly quote: Quote
}

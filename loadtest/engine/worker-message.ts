import type { SelfSample } from './self-watch.ts'

/** What the main thread tells a worker. */
export type Order =
  /** Slot 0 is due at this moment, in milliseconds since the Unix epoch. */
  | { readonly kind: 'begin'; readonly startAt: number }
  /** Take nothing more, finish what is held, and say how it went. */
  | { readonly kind: 'stop' }

/** What a worker tells the main thread. */
export type Word<End> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly attempted: number; readonly acknowledged: number }
  | { readonly kind: 'ended'; readonly end: End; readonly self: SelfSample }
  /** `foreseen` when the message is an operator's sentence. */
  | { readonly kind: 'failed'; readonly foreseen: boolean; readonly message: string }

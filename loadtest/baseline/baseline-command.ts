import type { Redis } from 'ioredis'
import type { SceneKind } from './cell.ts'
import type { Scene } from './scene.ts'

/** A command of the matrix. */
export interface BaselineCommand {
  /** The word that chooses it. */
  readonly id: string
  /** The scenes in which it is measured. */
  readonly on: readonly SceneKind[]
  readonly entriesPerCall: number
  /** Entries that the scene has for all of its calls; as many as one likes when left out. */
  readonly supply?: (scene: Scene) => number
  /** Prepares a client; what it returns is called in turn, and answers false when there is nothing left. */
  readonly begin: (scene: Scene, redis: Redis, client: number) => () => Promise<boolean>
}

import type { Injury } from '#loadtest/persistence/injury.ts'
import gracefulRestart from './graceful-restart.ts'
import kill from './kill.ts'
import middleCorruption from './middle-corruption.ts'
import powerLoss from './power-loss.ts'
import rewriteUnderLoad from './rewrite-under-load.ts'
import tailCut from './tail-cut.ts'

/** Everything that is done to a Redis to see what comes back. Written by `standpipe docs --write` from the files of this folder. */
export const injuries: readonly Injury[] = [
  gracefulRestart,
  kill,
  middleCorruption,
  powerLoss,
  rewriteUnderLoad,
  tailCut,
]

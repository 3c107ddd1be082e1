import { UsageError } from '#kernel/errors.ts'
import type { Drill } from './drill.ts'

/** Throws `UsageError`, which lists the drills, when there is none of that id. */
export function findDrill(drills: readonly Drill[], id: string): Drill {
  const drill = drills.find((one) => one.id === id)
  if (drill) return drill
  throw new UsageError(`no drill "${id}"; there are ${drills.map((one) => one.id).join(', ')}`)
}

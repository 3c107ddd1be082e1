import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** The law of imports. */
export function renderLayers({ layers }: Catalogue): string {
  return toTable(
    ['Area', 'In one breath', 'May import'],
    layers.map(({ area, inOneBreath, mayImport }) => [
      code(area),
      inOneBreath,
      mayImport.map(code).join(', ') || 'nothing of ours',
    ]),
  )
}

import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** Every injury that can be rehearsed, with what must be seen of it. */
export function renderDrills({ drills }: Catalogue): string {
  return toTable(
    ['Drill', 'What is broken', 'What must hold', 'Pages'],
    drills.map(({ id, title, hypothesis, expectAlerts }) => [
      code(id),
      title,
      hypothesis,
      expectAlerts.join(', ') || 'nobody',
    ]),
  )
}

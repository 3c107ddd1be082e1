import type { StreamEvent } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { listBytes } from '#pipeline/dialects/rsky/list-bytes.ts'

/** Events without what a dialect says that it does not bring back: to compare what went in with what came out. */
export function lessLacks({ lacks }: Dialect, events: readonly StreamEvent[]): readonly object[] {
  return events.flatMap((event) => {
    const less = structuredClone(event) as unknown as Record<string, unknown>
    for (const { of, field } of lacks) {
      if (!of.includes(event.type)) continue
      if (field === null) return []
      if (field === 'record.$bytes') listBytes(less)
      else delete less[field]
    }
    return [less]
  })
}

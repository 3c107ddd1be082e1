import { describeEvent, type EventName } from './event-name.ts'
import { EXAMPLE_CLASSES, type ExampleClass } from './ledger.ts'

/** A few events of each class, in the order in which they were met. */
export interface Examples {
  add(what: ExampleClass, event: EventName): void
  readonly all: Readonly<Record<ExampleClass, readonly string[]>>
}

export function createExamples(atMost: number): Examples {
  const all = Object.fromEntries(EXAMPLE_CLASSES.map((name) => [name, [] as string[]])) as Record<
    ExampleClass,
    string[]
  >
  return {
    all,
    add(what, event) {
      if (all[what].length < atMost) all[what].push(describeEvent(event))
    },
  }
}

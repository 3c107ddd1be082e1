/** A folder of declarations, one default export per file named after its id, and how its index is written. */
export interface Registry {
  /** From the root of the repository. */
  readonly folder: string
  /** The name under which the index exports the list. */
  readonly list: string
  /** The type of one declaration. */
  readonly type: string
  /** The module that exports the type. */
  readonly module: string
  /** One docstring sentence for the list. */
  readonly says: string
}

/** Every folder that has an index; paths only, so that the kernel still knows no area. */
export const REGISTRIES: readonly Registry[] = [
  {
    folder: 'audit/checks',
    list: 'checks',
    type: 'Check',
    module: '#audit/check.ts',
    says: 'Every question that the audit asks.',
  },
  {
    folder: 'loadtest/scenarios',
    list: 'scenarios',
    type: 'Scenario',
    module: '#loadtest/scenario.ts',
    says: 'Every weather that a load run can send.',
  },
  {
    folder: 'loadtest/persistence/injuries',
    list: 'injuries',
    type: 'Injury',
    module: '#loadtest/persistence/injury.ts',
    says: 'Everything that is done to a Redis to see what comes back.',
  },
  {
    folder: 'chaos/drills',
    list: 'drills',
    type: 'Drill',
    module: '#chaos/drill.ts',
    says: 'Every injury that can be rehearsed.',
  },
  {
    folder: 'alerts/rules',
    list: 'alerts',
    type: 'Alert',
    module: '#alerts/alert.ts',
    says: 'Every symptom that pages somebody.',
  },
]

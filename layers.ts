/** What one area of the tree may import. Paths are folders, or single files, seen from the root. */
export interface Layer {
  readonly area: string
  readonly mayImport: readonly string[]
  readonly inOneBreath: string
}

/** The law of imports, held by `test/layers.test.ts`. An area may always import itself. */
export const LAYERS: readonly Layer[] = [
  { area: 'kernel', mayImport: [], inOneBreath: 'knows no area' },
  { area: 'pipeline', mayImport: ['kernel'], inOneBreath: 'does not know it is watched' },
  {
    area: 'monitoring',
    mayImport: ['kernel', 'pipeline/contract.ts'],
    inOneBreath: 'turns a snapshot into samples',
  },
  { area: 'audit', mayImport: ['kernel', 'pipeline/contract.ts'], inOneBreath: 'observes from outside' },
  { area: 'alerts', mayImport: ['kernel', 'monitoring'], inOneBreath: 'expressions over catalogued metrics' },
  { area: 'loadtest', mayImport: ['kernel', 'pipeline'], inOneBreath: 'drives the real thing' },
  {
    area: 'chaos',
    mayImport: ['kernel', 'pipeline', 'audit', 'loadtest', 'alerts', 'monitoring'],
    inOneBreath: 'breaks the real thing, and asks whoever should have been paged',
  },
  {
    area: 'runbooks',
    mayImport: ['kernel', 'audit', 'pipeline/contract.ts'],
    inOneBreath: 'diagnosis = audit evidence',
  },
  { area: 'reports', mayImport: ['kernel'], inOneBreath: 'renders documents' },
  {
    area: 'preflight',
    mayImport: ['kernel', 'pipeline', 'audit', 'loadtest', 'chaos', 'alerts', 'monitoring', 'reports'],
    inOneBreath: 'one run of everything, for a person about to deploy',
  },
  {
    area: 'docs',
    mayImport: [
      'kernel',
      'pipeline',
      'audit',
      'loadtest',
      'chaos',
      'alerts',
      'monitoring',
      'reports',
      'layers.ts',
      'cli.ts',
    ],
    inOneBreath: 'renders tables from declarations',
  },
  {
    area: 'bench',
    mayImport: ['kernel', 'pipeline', 'loadtest', 'audit'],
    inOneBreath: 'the alternatives side by side',
  },
]

/** Files that bind an area to the reports beside it: commands and numbered scripts (`01-….ts`, `*.command.ts`). */
export const BINDING_FILES = /(^|\/)(\d\d-[^/]+|[^/]+\.command)\.ts$/

/** Files that may import everything, because joining is all they do. */
export const OPEN_FILES: readonly string[] = ['cli.ts', 'vitest.config.ts']

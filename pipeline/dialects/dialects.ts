import type { Dialect, DialectName } from './dialect.ts'
import { divy } from './divy/divy.ts'
import { publicappview } from './publicappview/publicappview.ts'
import { rsky } from './rsky/rsky.ts'

/** Every dialect by its name. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { divy, rsky, publicappview }

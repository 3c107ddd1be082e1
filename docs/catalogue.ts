import type { Alert } from '#alerts/alert.ts'
import type { Check } from '#audit/check.ts'
import type { Drill } from '#chaos/drill.ts'
import type { Command } from '#kernel/cli/command.ts'
import type { Setting } from '#kernel/config/setting.ts'
import type { CataloguedMetric } from '#monitoring/metrics/metric.ts'
import type { Layer } from '../layers.ts'

/** Everything that is declared, in the order in which it is shown. */
export interface Catalogue {
  readonly commands: readonly Command[]
  readonly scripts: readonly NumberedScript[]
  readonly settings: readonly UsedSetting[]
  readonly checks: readonly Check[]
  readonly drills: readonly Drill[]
  readonly alerts: readonly Alert[]
  readonly metrics: readonly CataloguedMetric[]
  readonly layers: readonly Layer[]
}

/** A step of the checklist before a deploy: `audit/01-configuration-audit.ts`. */
export interface NumberedScript {
  readonly number: string
  /** From the root of the repository. */
  readonly path: string
  readonly command: Command
}

/** A setting, and the names of the commands that take it. */
export interface UsedSetting extends Setting {
  readonly name: string
  readonly usedBy: readonly string[]
}

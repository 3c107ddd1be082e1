import type { Catalogue } from './catalogue.ts'
import { renderAlerts } from './tables/alerts.ts'
import { renderChecks } from './tables/checks.ts'
import { renderCommands } from './tables/commands.ts'
import { renderDrills } from './tables/drills.ts'
import { renderExitCodes } from './tables/exit-codes.ts'
import { renderLayers } from './tables/layers.ts'
import { renderMetrics } from './tables/metrics.ts'
import { renderScenarios } from './tables/scenarios.ts'
import { renderScripts } from './tables/scripts.ts'
import { renderSettings } from './tables/settings.ts'

/** Every block that a page can have, by the name in its marker. */
export function renderBlocks(catalogue: Catalogue): Record<string, string> {
  return {
    alerts: renderAlerts(catalogue),
    checks: renderChecks(catalogue),
    commands: renderCommands(catalogue),
    drills: renderDrills(catalogue),
    'exit-codes': renderExitCodes(),
    layers: renderLayers(catalogue),
    metrics: renderMetrics(catalogue),
    scenarios: renderScenarios(),
    scripts: renderScripts(catalogue),
    settings: renderSettings(catalogue),
  }
}

import type { CommandContext } from '#kernel/cli/command.ts'
import { EXIT, type ExitCode } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { seconds } from '#kernel/time/duration.ts'
import { audit } from './audit.ts'
import type { AuditFlags } from './audit-flags.ts'
import type { AuditResults } from './audit-results.ts'
import { readBaseline } from './baseline/baseline.ts'
import type { Check } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import { chooseChecks } from './choose-checks.ts'
import { findProfile } from './find-profile.ts'
import type { Manifest } from './manifest/manifest.ts'
import { readManifest } from './manifest/read-manifest.ts'
import { type ReportRenderers, render } from './render/render.ts'
import { readWaivers } from './waivers/read-waivers.ts'
import { withOwnLimits } from './with-own-limits.ts'

export interface AuditTask {
  /** The checks to choose from. */
  readonly checks: readonly Check[]
  readonly title: string
  readonly reports: ReportRenderers
  /** What to print instead of the findings. */
  readonly print?: (results: AuditResults) => string
}

/** Reads what was declared, asks, prints, and says how to exit. */
export async function performAudit(
  flags: AuditFlags,
  { checks: all, title, reports, print }: AuditTask,
  { stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
  const { redisUrl, docsUrl, format, failOn, watch = 0 } = flags
  const declared = await readDeclared(flags, all)
  if (watch > seconds(2)) stderr.write(`watching for ${formatMeasure(watch, 'ms')}\n`)
  const results = await audit(redisUrl, { ...declared, signal, watchFor: watch })
  const { checks, baseline } = declared
  const shown = { format, failOn, title, stdout, reports, checks, docsUrl, baseline: baseline !== undefined }
  stdout.write(print ? print(results) : render(results, shown))
  return results.verdict === 'not-applicable' ? EXIT.unknown : exitCodeFor(results.verdict, failOn)
}

/** Everything that files and flags say about the audit. Throws `UsageError` before Redis is asked anything. */
async function readDeclared(flags: AuditFlags, all: readonly Check[]) {
  const manifest = await readManifest(flags.manifest)
  const profile = withOwnLimits(findProfile(flags.profile), manifest?.limits ?? {}, allChecks)
  const list = flags.waivers ? await readWaivers(flags.waivers, allChecks, new Date()) : []
  return {
    manifest,
    profile,
    checks: chooseChecks(all, profile, flags),
    streams: streamsOf(flags.stream, manifest),
    waivers: { path: flags.waivers ?? '', list },
    ...(flags.baseline ? { baseline: await readBaseline(flags.baseline) } : {}),
  }
}

/** Those of the command line, comma-separated, and those of the manifest. */
function streamsOf(named: string, manifest: Manifest | null): string[] {
  const listed = named
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const declared = Object.keys(manifest?.streams ?? {})
  return [...new Set([...declared, ...listed])]
}

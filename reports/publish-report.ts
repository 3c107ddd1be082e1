import type { CommandContext } from '#kernel/cli/command.ts'
import type { ExitCode } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import type { Report } from '#kernel/report/report.ts'
import { toJson } from './render/to-json.ts'
import { toTerminal } from './render/to-terminal.ts'
import { terminalOf } from './terminal-of.ts'
import { writeReport } from './write-report.ts'

/** Where a report goes besides the screen, and how it looks there. */
export interface PublishOptions {
  /** Folder for the three files; a new one under `reports/out/` when unset. */
  readonly out: string | undefined
  /** Whether stdout gets the report as JSON instead of a table. */
  readonly json: boolean
}

/** Writes a report into its folder and onto stdout, says where it is, and returns the exit code of its verdict. */
export async function publishReport(
  report: Report,
  { out, json }: PublishOptions,
  { stdout, stderr }: Pick<CommandContext, 'stdout' | 'stderr'>,
): Promise<ExitCode> {
  const paths = await writeReport(report, out)
  stdout.write(json ? toJson(report) : toTerminal(report, terminalOf(stdout)))
  stderr.write(`report: ${paths.html}\n`)
  return exitCodeFor(report.verdict)
}

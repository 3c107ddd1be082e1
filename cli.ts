#!/usr/bin/env node
import { command as buildAlerts } from '#alerts/build.command.ts'
import { command as audit } from '#audit/01-configuration-audit.ts'
import { command as health } from '#audit/11-stream-health.ts'
import { command as auditAcl } from '#audit/audit-acl.command.ts'
import { command as drillRedisRestart } from '#chaos/12-redis-restart.ts'
import { command as drillStuckCursor } from '#chaos/13-stuck-cursor.ts'
import { command as drillDeadConsumer } from '#chaos/14-dead-consumer.ts'
import { command as drillList } from '#chaos/drill-list.command.ts'
import { command as drillRun } from '#chaos/drill-run.command.ts'
import { docsCommand } from '#docs/docs.command.ts'
import type { Command } from '#kernel/cli/command.ts'
import { runCli } from '#kernel/cli/run-cli.ts'
import { command as loadBaseline } from '#loadtest/02-baseline-performance.ts'
import { command as loadCapacity } from '#loadtest/03-buffer-capacity.ts'
import { command as loadMemoryPressure } from '#loadtest/04-memory-pressure.ts'
import { command as loadPersistence } from '#loadtest/05-persistence-recovery.ts'
import { command as loadSustained } from '#loadtest/06-sustained-throughput.ts'
import { command as loadFirehose } from '#loadtest/09-synthetic-firehose.ts'
import { command as loadEndToEnd } from '#loadtest/10-end-to-end.ts'
import { command as loadMerge } from '#loadtest/distributed/merge.command.ts'
import { command as loadWorker } from '#loadtest/distributed/worker.command.ts'
import { command as loadK6 } from '#loadtest/k6/k6.command.ts'
import { command as loadDrain } from '#loadtest/load-drain.command.ts'
import { command as loadFindMax } from '#loadtest/load-find-max.command.ts'
import { command as loadList } from '#loadtest/load-list.command.ts'
import { command as loadRun } from '#loadtest/load-run.command.ts'
import { command as loadShow } from '#loadtest/load-show.command.ts'
import { command as frames } from '#loadtest/network/frames.command.ts'
import { command as profile } from '#loadtest/network/profile/profile.command.ts'
import { command as relay } from '#loadtest/network/relay.command.ts'
import { command as exporter } from '#monitoring/exporter.command.ts'
import { command as ledger } from '#pipeline/accounting/ledger.command.ts'
import { command as backfill } from '#pipeline/backfill/backfill.command.ts'
import { command as ingestRepos } from '#pipeline/backfill/list-repos/ingest-repos.command.ts'
import { command as gapsList } from '#pipeline/backfill/repair/gaps-list.command.ts'
import { command as gapsRepair } from '#pipeline/backfill/repair/gaps-repair.command.ts'
import { command as cursorImport } from '#pipeline/cursors/import.command.ts'
import { command as cursorList } from '#pipeline/cursors/list.command.ts'
import { command as cursorSet } from '#pipeline/cursors/set.command.ts'
import { command as deadLettersList } from '#pipeline/dead-letters/list.command.ts'
import { command as deadLettersPurge } from '#pipeline/dead-letters/purge.command.ts'
import { command as deadLettersReplay } from '#pipeline/dead-letters/replay.command.ts'
import { command as deadLettersShow } from '#pipeline/dead-letters/show.command.ts'
import { command as index } from '#pipeline/index.command.ts'
import { command as gapsClose } from '#pipeline/ingest/gaps/close.command.ts'
import { command as ingest } from '#pipeline/ingest/ingest.command.ts'
import { command as trim } from '#pipeline/trim.command.ts'
import { command as preflight } from '#preflight/preflight.command.ts'
import { command as compareReports } from '#reports/compare.command.ts'
import { command as gateReports } from '#reports/gate.command.ts'
import { command as reportHistory } from '#reports/history.command.ts'
import { command as keepReports } from '#reports/keep.command.ts'
import { command as renderReport } from '#reports/report.command.ts'
import { command as reportSchema } from '#reports/schema.command.ts'

/** Every verb of `standpipe`, in the order in which `--help` lists them. */
export const commands: readonly Command[] = [
  preflight,
  audit,
  auditAcl,
  health,
  relay,
  frames,
  profile,
  ingest,
  ingestRepos,
  backfill,
  index,
  trim,
  ledger,
  cursorList,
  cursorImport,
  cursorSet,
  gapsList,
  gapsRepair,
  gapsClose,
  deadLettersList,
  deadLettersShow,
  deadLettersReplay,
  deadLettersPurge,
  loadBaseline,
  loadCapacity,
  loadMemoryPressure,
  loadPersistence,
  loadSustained,
  loadList,
  loadShow,
  loadRun,
  loadFindMax,
  loadDrain,
  loadWorker,
  loadMerge,
  loadK6,
  loadFirehose,
  loadEndToEnd,
  drillList,
  drillRun,
  drillRedisRestart,
  drillStuckCursor,
  drillDeadConsumer,
  exporter,
  renderReport,
  compareReports,
  keepReports,
  reportHistory,
  gateReports,
  reportSchema,
  buildAlerts,
  docsCommand(() => commands),
]

if (import.meta.main) await runCli(commands, process.argv.slice(2))

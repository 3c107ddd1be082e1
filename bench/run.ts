import { mkdir, writeFile } from 'node:fs/promises'
import { arch, cpus, platform, release } from 'node:os'
import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { append } from './append/append.bench.ts'
import { audit } from './audit/audit.bench.ts'
import { backfill } from './backfill/backfill.bench.ts'
import type { Bench, BenchResult } from './bench.ts'
import { engine } from './engine/engine.bench.ts'
import { entries } from './entries/entries.bench.ts'
import { frames } from './frames/frames.bench.ts'
import { index } from './index/index.bench.ts'
import { ingest } from './ingest/ingest.bench.ts'
import { ingestVerified } from './ingest/ingest-verified.bench.ts'
import { isKept, printable } from './print.ts'

const BENCHES: readonly Bench[] = [
  append,
  ingest,
  ingestVerified,
  index,
  backfill,
  frames,
  entries,
  engine,
  audit,
]

/** Measures the alternatives side by side, prints a table and writes JSON. */
export const command = defineCommand({
  name: 'bench',
  takes: '<name>',
  describe: 'Measure the alternatives side by side',
  examples: [['npm run bench -- append', 'our append against a pipeline and redis-benchmark']],
  options: (yargs) =>
    yargs.positional('name', {
      choices: BENCHES.map(({ name }) => name),
      demandOption: true,
      describe: 'What to measure',
    }),

  async run({ name }, { signal, stdout, stderr }) {
    const bench = BENCHES.find((one) => one.name === name)
    if (!bench) return EXIT.usage
    const result = await bench.run({ signal, tell: (line) => void stderr.write(`${line}\n`) })
    const file = await writeResult(bench, result)
    stdout.write(`${bench.title}\n${printable(result)}\n  written to ${file}\n`)
    const kept = result.targets.map(isKept)
    if (kept.includes(false)) return EXIT.failed
    return kept.includes(null) ? EXIT.unknown : EXIT.ok
  },
})

async function writeResult({ name, title }: Bench, result: BenchResult): Promise<string> {
  const file = `reports/out/bench-${name}.json`
  const machine = `${cpus().length} × ${cpus()[0]?.model}, ${platform()} ${release()} ${arch()}, Node ${process.version}`
  const document = {
    schema: 'standpipe/bench@1',
    name,
    title,
    at: new Date().toISOString(),
    machine,
    ...result,
  }
  await mkdir('reports/out', { recursive: true })
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`)
  return file
}

if (import.meta.main) await runAsScript(command)

import { join } from 'node:path'
import type { Run } from '../compare/run.ts'

/** Where runs of one subject are kept: `reports/history/loadtest-sustained-throughput.jsonl`. */
export function historyFile(folder: string, { area, subject }: Run): string {
  const name = `${area}-${subject}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return join(folder, `${name.replaceAll(/^-|-$/g, '').slice(0, 100)}.jsonl`)
}

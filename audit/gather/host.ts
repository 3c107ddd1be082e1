import { readFile } from 'node:fs/promises'
import { MissingEvidence } from '../missing-evidence.ts'
import type { Quote } from '../quote.ts'
import { findLocalProcess } from './local-process.ts'
import type { Gatherer } from './source.ts'

const HUGE_PAGES = '/sys/kernel/mm/transparent_hugepage/enabled'
const OVERCOMMIT = '/proc/sys/vm/overcommit_memory'

/** What Linux says about the host of the server, once it is proven to be this one. */
export const gatherHost: Gatherer<'host'> = async ({ url, read }) => {
  const [server, settings] = await Promise.all([read('server'), read('settings').catch(() => null)])
  const { pid, proof } = await findLocalProcess({ url, server, settings })
  const hugePages = await readKernel(HUGE_PAGES)
  const overcommit = await readKernel(OVERCOMMIT)
  const status = pid === null ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const own = /^THP_enabled:\s*([01])/m.exec(status)?.[1]
  const quotes: Quote[] = [
    { command: `cat ${HUGE_PAGES}`, value: hugePages },
    ...(own ? [{ command: `grep THP_enabled /proc/${pid}/status`, value: own }] : []),
    { command: `cat ${OVERCOMMIT}`, value: overcommit },
  ]
  return {
    proof,
    transparentHugePages: /\[(\w+)\]/.exec(hugePages)?.[1] ?? hugePages,
    processTakesHugePages: own === undefined ? null : own === '1',
    overcommitMemory: Number(overcommit),
    quotes,
  }
}

async function readKernel(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    throw new MissingEvidence(`cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
}

import { readFile } from 'node:fs/promises'
import { MissingEvidence } from '../missing-evidence.ts'
import type { Quote } from '../quote.ts'
import { findLocalProcess } from './local-process.ts'
import { type ProcessLimits, readProcess } from './process.ts'
import type { Gatherer } from './source.ts'

const HUGE_PAGES = '/sys/kernel/mm/transparent_hugepage/enabled'
const OVERCOMMIT = '/proc/sys/vm/overcommit_memory'
const LISTEN_BACKLOG = '/proc/sys/net/core/somaxconn'
const CLOCK_SOURCE = '/sys/devices/system/clocksource/clocksource0/current_clocksource'
const UNSEEN: ProcessLimits = { takesHugePages: null, swappedBytes: null, openFilesLimit: null, quotes: [] }

/** What Linux says about the host of the server, once it is proven to be this one. */
export const gatherHost: Gatherer<'host'> = async ({ url, read }) => {
  const [server, settings] = await Promise.all([read('server'), read('settings').catch(() => null)])
  const { pid, proof } = await findLocalProcess({ url, server, settings })
  const [hugePages, overcommit, backlog, clock, own] = await Promise.all([
    readKernel(HUGE_PAGES),
    readKernel(OVERCOMMIT),
    readKernel(LISTEN_BACKLOG),
    readKernel(CLOCK_SOURCE).catch(() => null),
    pid === null ? UNSEEN : readProcess(pid),
  ])
  const quotes: Quote[] = [
    { command: `cat ${HUGE_PAGES}`, value: hugePages },
    { command: `cat ${OVERCOMMIT}`, value: overcommit },
    { command: `cat ${LISTEN_BACKLOG}`, value: backlog },
    { command: `cat ${CLOCK_SOURCE}`, value: clock ?? 'no such file' },
    ...own.quotes,
  ]
  return {
    proof,
    transparentHugePages: /\[(\w+)\]/.exec(hugePages)?.[1] ?? hugePages,
    processTakesHugePages: own.takesHugePages,
    overcommitMemory: Number(overcommit),
    swappedBytes: own.swappedBytes,
    listenBacklog: Number(backlog),
    clockSource: clock,
    openFilesLimit: own.openFilesLimit,
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

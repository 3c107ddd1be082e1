import { readFile } from 'node:fs/promises'
import type { Quote } from '../quote.ts'

/** What the kernel says of one process; `null` for what it does not say. */
export interface ProcessLimits {
  readonly takesHugePages: boolean | null
  readonly swappedBytes: number | null
  readonly openFilesLimit: number | null
  readonly quotes: readonly Quote[]
}

/** By `/proc`; a process that may not be looked into says nothing. */
export async function readProcess(pid: number): Promise<ProcessLimits> {
  const hugePages = await find(`/proc/${pid}/status`, 'THP_enabled', /^THP_enabled:\s*([01])/m)
  const swapped = await find(`/proc/${pid}/status`, 'VmSwap', /^VmSwap:\s*(\d+) kB/m)
  const files = await find(`/proc/${pid}/limits`, 'open files', /^Max open files\s+(\d+|unlimited)/m)
  return {
    takesHugePages: hugePages && hugePages.value === '1',
    swappedBytes: swapped && Number(swapped.value) * 1_024,
    openFilesLimit: files && (files.value === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(files.value)),
    quotes: [hugePages, swapped, files].filter((one) => one !== null),
  }
}

async function find(path: string, what: string, pattern: RegExp): Promise<Quote | null> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const value = pattern.exec(text)?.[1]
  return value === undefined ? null : { command: `grep '${what}' ${path}`, value }
}

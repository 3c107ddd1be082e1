import { UsageError } from '#kernel/errors.ts'
import {
  type End,
  endSchema,
  headSchema,
  type Snapshot,
  type SustainedRun,
  snapshotSchema,
} from './snapshot.ts'

/**
 * Reads the snapshots of a run back. A last line that breaks off is what a crash leaves behind, and is left out; any other
 * that is not whole throws `UsageError`, as does a file without a single snapshot.
 */
export function parseSnapshots(text: string, file: string): SustainedRun {
  const lines = text.split('\n')
  lines.pop()
  const [first = '', ...others] = lines
  const head = headSchema.safeParse(jsonOrNull(first))
  if (!head.success)
    throw new UsageError(`"${file}" begins with no run of this version, "standpipe/sustained@1"`)
  const snapshots: Snapshot[] = []
  let end: End | null = null
  for (const [index, line] of others.entries()) {
    const document = jsonOrNull(line)
    const ended = endSchema.safeParse(document)
    if (ended.success) end = ended.data
    else snapshots.push(toSnapshot(document, `line ${index + 2} of "${file}"`))
  }
  if (snapshots.length === 0)
    throw new UsageError(`"${file}" holds no snapshot: the run ended before its first`)
  return { head: head.data, snapshots, end }
}

function toSnapshot(document: unknown, place: string): Snapshot {
  const result = snapshotSchema.safeParse(document)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new UsageError(`${place} is no snapshot: ${issue?.path.join('.') || 'the line'}: ${issue?.message}`)
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

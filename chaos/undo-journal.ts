import { randomUUID } from 'node:crypto'
import { appendFile, open, readFile } from 'node:fs/promises'

/** How one change is taken back, written down before the change is made. */
export interface Undo {
  /** What was changed, for people: `maxmemory of redis://127.0.0.1:6379`. No secrets. */
  readonly what: string
  /** Which Redis: its address without user and password. */
  readonly redis: string
  /** The server's run id when it was changed. */
  readonly runId: string
  /** Whether the change outlives a restart of the server, as a group's cursor does and CONFIG SET does not. */
  readonly outlivesRestart: boolean
  /** The Redis command that takes it back; harmless when repeated. */
  readonly command: readonly [string, ...string[]]
}

/** Promises to undo, on disk, so that after a drill that was killed somebody else can still clean up. */
export interface UndoJournal {
  /** Safe on disk when it resolves. The function it gives is called once the change is taken back. */
  promise(undo: Undo): Promise<() => Promise<void>>
  /** What was promised and not kept, newest first: the order in which to undo. */
  open(): Promise<readonly OpenUndo[]>
}

export interface OpenUndo extends Undo {
  /** Notes that it was taken back. */
  kept(): Promise<void>
}

type Line = { readonly id: string; readonly undo: Undo } | { readonly id: string; readonly kept: true }

/** A journal in a file, one JSON line per promise and per promise kept. */
export function openUndoJournal(path: string): UndoJournal {
  const keep = (id: string) => append(path, { id, kept: true })
  return {
    async promise(undo) {
      const id = randomUUID()
      await append(path, { id, undo })
      return () => keep(id)
    },
    async open() {
      const promised = new Map<string, Undo>()
      for (const line of await readLines(path)) {
        if ('undo' in line) promised.set(line.id, line.undo)
        else promised.delete(line.id)
      }
      return [...promised].reverse().map(([id, undo]) => ({ ...undo, kept: () => keep(id) }))
    },
  }
}

async function append(path: string, line: Line): Promise<void> {
  await using file = await open(path, 'a', 0o600)
  await appendFile(file, `${JSON.stringify(line)}\n`)
  await file.sync()
}

async function readLines(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // A last line without its end was never safe on disk, so nothing was changed on its word.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

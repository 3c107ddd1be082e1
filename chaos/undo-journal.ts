/** How one change is taken back, written down before the change is made. */
export interface Undo {
  /** What was changed, for people: `maxmemory of redis://…`. */
  readonly what: string
  /** The server's run id when it was changed. */
  readonly runId: string
  /** Whether the change outlives a restart of the server, as a group's cursor does and CONFIG SET does not. */
  readonly outlivesRestart: boolean
  /** The Redis command that takes it back; it must be harmless when repeated. */
  readonly command: readonly [string, ...string[]]
}

/** Promises to undo, on disk, so that a drill that was killed can still be cleaned up after. */
export interface UndoJournal {
  /** Safe on disk when it resolves; call the returned function once the change is taken back. */
  promise(undo: Undo): Promise<() => Promise<void>>
  /** What was promised and not kept. */
  open(): Promise<readonly Undo[]>
}

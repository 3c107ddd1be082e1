import { clearScreenDown, moveCursor } from 'node:readline'
import type { CommandContext } from '#kernel/cli/command.ts'
import { onProcessExit } from '#kernel/process/on-process-exit.ts'
import { seconds } from '#kernel/time/duration.ts'
import { dashboardLines, type Frame } from './dashboard-lines.ts'
import type { Snapshot } from './snapshot.ts'

/** Shows how a run goes: on a terminal as a page that is drawn over and over, elsewhere as a line now and then. */
export interface Dashboard extends Disposable {
  show(snapshot: Snapshot): void
}

const LINE_EVERY = seconds(30)
const KEPT = 40
const USUAL_WIDTH = 80
const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'

export function openDashboard(stderr: CommandContext['stderr'], lastsMs: number, quiet: boolean): Dashboard {
  if (quiet) return { show() {}, [Symbol.dispose]() {} }
  const frames: Frame[] = []
  const add = (snapshot: Snapshot) => {
    frames.push(toFrame(snapshot, frames.at(-1)))
    if (frames.length > KEPT) frames.shift()
    return dashboardLines(frames, lastsMs)
  }
  return stderr.isTTY === true ? drawn(stderr, add) : written(stderr, add)
}

type Add = (snapshot: Snapshot) => readonly string[]

function drawn(stderr: CommandContext['stderr'], add: Add): Dashboard {
  let height = 0
  const forget = onProcessExit(({ writeSync }) => writeSync(2, SHOW_CURSOR))
  stderr.write(HIDE_CURSOR)
  return {
    show(snapshot) {
      const { columns = USUAL_WIDTH } = stderr as { columns?: number }
      const lines = add(snapshot).map((line) => line.slice(0, columns - 1))
      moveCursor(stderr, -1_000, -height)
      clearScreenDown(stderr)
      stderr.write(`${lines.join('\n')}\n`)
      height = lines.length
    },
    [Symbol.dispose]() {
      forget()
      stderr.write(SHOW_CURSOR)
    },
  }
}

function written(stderr: NodeJS.WritableStream, add: Add): Dashboard {
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    show(snapshot) {
      const lines = add(snapshot)
      if (performance.now() - toldAt < LINE_EVERY) return
      toldAt = performance.now()
      stderr.write(`${lines[0]}, ${lines[1]}\n`)
    },
    [Symbol.dispose]() {},
  }
}

function toFrame(snapshot: Snapshot, before: Frame | undefined): Frame {
  const { at, acknowledged, redis, rss, groups, draining } = snapshot
  const lasted = at - (before?.at ?? 0)
  return {
    at,
    draining,
    acknowledged,
    committed: Math.min(...groups.map(({ committed }) => committed)),
    perSecond: lasted > 0 ? (acknowledged - (before?.acknowledged ?? 0)) / lasted : 0,
    waiting: redis && redis.lag !== null ? redis.lag + redis.pending : null,
    commitP99Ms: snapshot.committedWaits.p99,
    redisBytes: redis?.usedMemoryBytes ?? null,
    ourBytes: rss.generator + rss.consumers,
  }
}

import type { FrameSource } from './frame-source.ts'
import type { StreamOfFrames } from './stream-of-frames.ts'

/** Frames of labels, and how many there are for each event of a repo. */
export interface SpokenLabels {
  readonly source: FrameSource
  readonly perEvent: number
}

/** Says labels as the events of repos go by; told how many there were in all. Without labels it stays silent. */
export function labelSpeaker(
  labels: SpokenLabels | undefined,
  stream: StreamOfFrames,
): (events: number) => void {
  if (!labels) return () => {}
  let said = 0
  return (events) => {
    for (const due = Math.floor(events * labels.perEvent); said < due; said += 1) {
      const frame = labels.source.next(1)
      if (frame) stream.push([frame])
    }
  }
}

import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { RelayFrame } from './frame-source.ts'
import { openFramesFile } from './frames-file.ts'
import { readReplayFile } from './replay-file.ts'
import { syntheticNetwork } from './synthetic-network.ts'

const network = syntheticNetwork({ seed: 4, accounts: 30 })
const frames = Array.from({ length: 200 }, () => network.next(100) as RelayFrame)

async function writing(path: string) {
  using file = openFramesFile(path)
  file.write(frames.slice(0, 150))
  file.write(frames.slice(150))
}

test('frames come out of their file as they went in, with their events', async () => {
  await using folder = await temporaryFolder('frames')
  const path = join(folder.path, 'some.frames')
  await writing(path)
  const source = await readReplayFile(path)
  const read = Array.from({ length: 201 }, () => source.next(1))
  expect(read.at(-1)).toBeNull()
  expect(source.next(1)).toBeNull()
  expect(read.slice(0, -1).map((frame) => frame?.events)).toEqual(frames.map(({ events }) => events))
  expect(
    read
      .slice(0, -1)
      .every(
        (frame, index) =>
          frames[index]?.bytes && Buffer.from(frames[index].bytes).equals(frame?.bytes ?? Buffer.alloc(0)),
      ),
  ).toBe(true)
})

test('a file that breaks off is refused where it breaks off', async () => {
  await using folder = await temporaryFolder('frames')
  const path = join(folder.path, 'some.frames')
  await writing(path)
  truncateSync(path, 19 + 4 + (frames[0]?.bytes.length ?? 0) + 7)
  const source = await readReplayFile(path)
  expect(source.next(1)?.seq).toBe(1)
  expect(() => source.next(1)).toThrow('breaks off in frame 2')
})

import { open } from 'node:fs/promises'
import { checkAof } from '../check-aof.ts'
import { growingFile } from '../growing-file.ts'
import type { Injury } from '../injury.ts'

const LOOKED_AT = 64 * 1_024
const HEADING = '\r\n*'

/** A block of the disk went bad half-way through the file: the heading of a command is no heading any more. */
export default {
  id: 'middle-corruption',
  title: 'What comes back when the append-only file is corrupt in the middle?',
  mayLose: true,
  mustRefuse: true,
  signal: 'SIGKILL',
  needs: 'redis-check-aof',
  async after({ dir }) {
    await using file = await open(await growingFile(dir), 'r+')
    const { size } = await file.stat()
    const middle = Math.floor(size / 2)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, middle)
    const found = buffer.subarray(0, bytesRead).indexOf(HEADING)
    if (found >= 0) await file.write('X', middle + found + HEADING.length - 1)
    return { bit: found >= 0, detail: `one byte of ${size} overwritten, half-way through` }
  },
  async mend({ dir }) {
    const { said } = await checkAof(dir, ['--fix'], 'y\n')
    return said.find((line) => line.startsWith('This will shrink')) ?? said.at(-1) ?? 'it said nothing'
  },
} satisfies Injury

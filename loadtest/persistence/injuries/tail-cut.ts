import { stat, truncate } from 'node:fs/promises'
import { growingFile } from '../growing-file.ts'
import type { Injury } from '../injury.ts'

const CUT_BYTES = 100

/** The last write was torn: the file ends in the middle of a command. */
export default {
  id: 'tail-cut',
  title: 'What comes back when the end of the append-only file is torn off?',
  mayLose: true,
  mustRefuse: false,
  signal: 'SIGKILL',
  async after({ dir }) {
    const path = await growingFile(dir)
    const { size } = await stat(path)
    await truncate(path, size - CUT_BYTES)
    return { bit: size > CUT_BYTES, detail: `the last ${CUT_BYTES} of ${size} bytes cut off` }
  },
} satisfies Injury

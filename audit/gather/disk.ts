import { statfs } from 'node:fs/promises'
import type { DiskEvidence } from '../evidence.ts'
import { MissingEvidence } from '../missing-evidence.ts'
import { findLocalProcess } from './local-process.ts'
import type { Gatherer } from './source.ts'

/** https://man7.org/linux/man-pages/man2/statfs.2.html */
const FILE_SYSTEMS: ReadonlyMap<number, DiskEvidence['fileSystem']> = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'tmpfs'],
  [0x6969, 'nfs'],
  [0x794c7630, 'overlay'],
])

/** The disk under the server's working folder, which is where it writes its append-only file. */
export const gatherDisk: Gatherer<'disk'> = async ({ url, read }) => {
  const [server, settings] = await Promise.all([read('server'), read('settings')])
  const folder = settings.text('dir')
  const { pid } = await findLocalProcess({ url, server, settings })
  if (pid === null) {
    throw new MissingEvidence(
      'Redis runs in a container whose disk cannot be seen from here; audit inside it',
    )
  }
  // Through the process itself: a container's folder of the same name is another one.
  const disk = await statfs(`/proc/${pid}/cwd`).catch(() => statfs(folder))
  const freeBytes = disk.bavail * disk.bsize
  return {
    folder,
    freeBytes,
    totalBytes: disk.blocks * disk.bsize,
    fileSystem: FILE_SYSTEMS.get(disk.type) ?? 'other',
    quotes: [{ command: `df --output=avail -B1 ${folder}`, value: String(freeBytes) }],
  }
}

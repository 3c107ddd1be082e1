import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'file-system',
  title: 'The append-only file lies on a local disk',
  why: 'A file in memory does not survive a power loss: the whole buffer goes, not the last 2 s. An fsync over the network can take seconds, and every append waits for it.',
  remedy: 'move the folder to a local disk: redis-cli CONFIG SET dir <folder>',
  runbook: 'redis-aof-write-failing',
  needs: ['disk', 'settings'],
  limits: {},

  judge({ disk, settings }) {
    if (settings.text('appendonly') !== 'yes') return []
    const bad = disk.fileSystem === 'tmpfs' || disk.fileSystem === 'nfs'
    return [
      {
        subject: disk.folder,
        verdict: bad ? 'warn' : 'pass',
        observed: disk.fileSystem === 'other' ? 'a disk' : disk.fileSystem,
        expected: 'a local disk',
        evidence: disk.quotes,
      },
    ]
  },
})

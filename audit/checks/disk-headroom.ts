import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'disk-headroom',
  title: 'The disk has room for the append-only file and its rewrite',
  why: 'A rewrite writes the new file beside the old one. On a full disk Redis refuses every write (MISCONF), and answers even PING with it, until there is room again.',
  remedy: 'df -h "$(redis-cli CONFIG GET dir | tail -1)"; free space there or grow the volume',
  runbook: 'redis-aof-write-failing',
  needs: ['disk', 'server', 'settings'],
  limits: {
    /** Free space, in multiples of the append-only file and the data set together. */
    warnBelow: 2,
    failBelow: 1,
    /** So that a buffer that is empty now is not judged by its emptiness. */
    leastBytes: 1024 ** 3,
  },

  judge({ disk, server, settings }, { limits }) {
    if (settings.text('appendonly') !== 'yes') return []
    const file = server.number('aof_current_size')
    const data = server.number('used_memory')
    const needed = Math.max(file + data, limits.leastBytes / limits.warnBelow)
    return [
      {
        subject: disk.folder,
        verdict: judgeFloor(disk.freeBytes / needed, limits),
        observed: `${formatMeasure(disk.freeBytes, 'bytes')} free; file ${formatMeasure(file, 'bytes')}, data ${formatMeasure(data, 'bytes')}`,
        expected: `${formatMeasure(limits.warnBelow * needed, 'bytes')} free: twice the file and the data together, at least 1 GiB`,
        evidence: [...disk.quotes, ...server.quotes('aof_current_size', 'used_memory')],
      },
    ]
  },
})

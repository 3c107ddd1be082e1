import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'
import type { Fields } from '../fields.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/admin/#memory */
export default defineCheck({
  id: 'max-memory',
  title: 'Redis has a memory limit, and room beside it to fork',
  why: 'While Redis rewrites its file it may need up to twice its memory. Without a limit, or with too high a one, the kernel kills it under load: seconds to minutes of no buffer, and up to 2 s of events taken back.',
  remedy: configSet('maxmemory', '<60 % of the memory>'),
  runbook: 'stream-will-fill',
  needs: ['settings', 'memory'],
  limits: {
    /** Shares of the memory, where Redis forks to persist. */
    forking: { warnAbove: 0.6, failAbove: 0.75 },
    /** The same, where it never does. */
    still: { warnAbove: 0.75, failAbove: 0.9 },
    /** An exact size in bytes that a requirement asks for. */
    askedBytes: null as number | null,
  },

  judge({ settings, memory }, { limits: { forking, still, askedBytes } }) {
    const bytes = settings.number('maxmemory')
    const share = bytes / memory.limitBytes
    const { warnAbove, failAbove } = forks(settings) ? forking : still
    const total = formatMeasure(memory.limitBytes, 'bytes')
    const observed =
      bytes === 0 ? 'no limit' : `${formatMeasure(bytes, 'bytes')}, ${Math.round(share * 100)} % of ${total}`
    const about = {
      subject: 'maxmemory',
      observed,
      expected: `set, and at most ${warnAbove * 100} % of ${total}`,
      evidence: [...settings.quotes('maxmemory', 'appendonly', 'save'), ...memory.quotes],
      remedy: configSet('maxmemory', `${Math.floor((memory.limitBytes * warnAbove) / 1024 ** 2)}mb`),
    }

    if (askedBytes !== null && bytes !== askedBytes) {
      const remedy = configSet('maxmemory', String(askedBytes))
      return [{ ...about, verdict: 'fail', expected: formatMeasure(askedBytes, 'bytes'), remedy }]
    }
    if (bytes === 0 || share > failAbove) return [{ ...about, verdict: 'fail' }]
    return [{ ...about, verdict: share > warnAbove ? 'warn' : 'pass' }]
  },
})

/** Whether Redis forks to persist: to rewrite its append-only file, or to save a snapshot. */
function forks(settings: Fields): boolean {
  return settings.text('appendonly') === 'yes' || (settings.has('save') && settings.text('save') !== '')
}

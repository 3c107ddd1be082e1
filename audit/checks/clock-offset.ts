import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'clock-offset',
  title: 'The clock of Redis agrees with ours',
  why: 'Entry IDs carry the time of the server. Where its clock is off, the lag in seconds is off by as much, and so are trimming by age and every alert on them; when it is set back, all new IDs repeat the old time.',
  remedy:
    'systemctl restart systemd-timesyncd; timedatectl shows whether the clock is synchronised, on both hosts',
  needs: ['time'],
  limits: { warnAt: 250, failAt: 5_000 },

  judge({ time }, { limits }) {
    const offsetMs = Math.abs(time.serverMs - time.localMs)
    // Half of the round trip may lie on either way: only what exceeds it is known.
    const knownMs = Math.max(0, offsetMs - time.roundTripMs / 2)
    return [
      {
        subject: 'clock',
        verdict: judgeCeiling(knownMs, limits),
        observed: `${formatMeasure(offsetMs, 'ms')} apart, known to ${formatMeasure(time.roundTripMs / 2, 'ms')}`,
        expected: `under ${formatMeasure(limits.warnAt, 'ms')}`,
        evidence: time.quotes,
      },
    ]
  },
})

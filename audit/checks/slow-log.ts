import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'

export default defineCheck({
  id: 'slow-log',
  title: 'Commands that block the server are written down',
  why: 'One command that scans a pending list of a million entries blocks every append for 74 ms, one careless XAUTOCLAIM for 2 s. The slow log is where it can be seen who sent it, and it costs nothing.',
  remedy: `${configSet('slowlog-log-slower-than', '10000')}; ${configSet('slowlog-max-len', '128')}`,
  needs: ['settings'],
  limits: { mostMicroseconds: 10_000, leastLength: 128 },

  judge({ settings }, { limits }) {
    const slower = settings.number('slowlog-log-slower-than')
    const length = settings.number('slowlog-max-len')
    const found = (
      subject: string,
      holds: boolean,
      observed: string,
      expected: string,
      value: string,
    ): Finding => ({
      subject,
      verdict: holds ? 'pass' : 'warn',
      observed,
      expected,
      evidence: settings.quotes(subject),
      remedy: configSet(subject, value),
    })
    return [
      found(
        'slowlog-log-slower-than',
        slower >= 0 && slower <= limits.mostMicroseconds,
        slower < 0 ? 'off' : `${slower / 1_000} ms`,
        `at most ${limits.mostMicroseconds / 1_000} ms`,
        String(limits.mostMicroseconds),
      ),
      found(
        'slowlog-max-len',
        length >= limits.leastLength,
        `${length} commands`,
        `at least ${limits.leastLength}`,
        String(limits.leastLength),
      ),
    ]
  },
})

import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

export default defineCheck({
  id: 'tcp-keepalive',
  title: 'Dead connections are noticed, quiet ones are left alone',
  why: 'Without keep-alive, a consumer whose host vanished stays connected for hours and its pending entries look attended to. With a timeout, Redis closes producers that were quiet for that many seconds.',
  remedy: configSet('tcp-keepalive', '300'),
  needs: ['settings'],
  limits: { leastSeconds: 60, mostSeconds: 300 },

  judge({ settings }, { limits: { leastSeconds, mostSeconds } }) {
    const keepalive = settings.number('tcp-keepalive')
    const timeout = settings.number('timeout')
    const fits = keepalive >= leastSeconds && keepalive <= mostSeconds
    return [
      {
        subject: 'tcp-keepalive',
        verdict: fits ? 'pass' : 'warn',
        observed: keepalive === 0 ? 'off' : `${keepalive} s`,
        expected: leastSeconds === mostSeconds ? `${leastSeconds} s` : `${leastSeconds} to ${mostSeconds} s`,
        evidence: settings.quotes('tcp-keepalive'),
      },
      {
        subject: 'timeout',
        verdict: timeout === 0 ? 'pass' : 'warn',
        observed: timeout === 0 ? 'off' : `${timeout} s`,
        expected: 'off',
        evidence: settings.quotes('timeout'),
        remedy: configSet('timeout', '0'),
      },
    ]
  },
})

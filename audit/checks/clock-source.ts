import { defineCheck } from '../check.ts'
import { MissingEvidence } from '../missing-evidence.ts'

const FAST = ['tsc', 'kvm-clock', 'arch_sys_counter', 'hyperv_clocksource_tsc_page']

/** https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency/ */
export default defineCheck({
  id: 'clock-source',
  title: 'Reading the time costs Redis nothing',
  why: 'Redis reads the clock several times per command. From a slow source (xen, hpet, acpi_pm) each takes a microsecond and more of the kernel: some 30 % of the events per second that the same host could take.',
  remedy: 'echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource',
  needs: ['host'],
  limits: {},

  judge({ host }) {
    const { clockSource } = host
    if (clockSource === null) throw new MissingEvidence('the kernel does not say where it reads the time')
    const fast = FAST.includes(clockSource)
    return [
      {
        subject: 'host',
        verdict: fast ? 'pass' : 'warn',
        observed: clockSource,
        expected: `one of ${FAST.join(', ')}`,
        evidence: host.quotes.filter(({ command }) => command.includes('clocksource')),
      },
    ]
  },
})

import { defineCheck, type Finding } from '../check.ts'

const SAYS: Readonly<Record<number, readonly [verdict: Finding['verdict'], says: string]>> = {
  0: ['warn', '0: the kernel guesses, and refuses the fork when memory looks short'],
  1: ['pass', '1: the kernel always grants the fork'],
  2: ['fail', '2: the kernel refuses the fork once Redis holds about half of the memory'],
}

/** https://redis.io/docs/latest/operate/oss_and_stack/management/admin/#linux */
export default defineCheck({
  id: 'overcommit-memory',
  title: 'The kernel lets Redis fork',
  why: 'A rewrite forks, and a fork promises as much memory again although little of it is used. Where the kernel refuses, the append-only file is never rewritten and grows until the disk is full and XADD is refused.',
  remedy: 'sysctl vm.overcommit_memory=1; echo vm.overcommit_memory=1 > /etc/sysctl.d/60-redis.conf',
  needs: ['host'],
  limits: {},

  judge({ host }) {
    const mode = host.overcommitMemory
    const [verdict, says] = SAYS[mode] ?? ['unknown', `${mode}: not a mode that this audit knows`]
    return [
      {
        subject: 'host',
        verdict,
        observed: says,
        expected: '1',
        evidence: host.quotes.filter(({ command }) => command.includes('overcommit')),
      },
    ]
  },
})

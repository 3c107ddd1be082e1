import type { Injury } from '../injury.ts'

/** The process dies, the machine does not: what it wrote is with the operating system. */
export default {
  id: 'kill',
  title: 'What comes back after a kill -9?',
  mayLose: false,
  mustRefuse: false,
  signal: 'SIGKILL',
} satisfies Injury

import type { Injury } from '../injury.ts'

/** An upgrade, a changed setting: Redis is asked to stop, writes what it has, and starts again. */
export default {
  id: 'graceful-restart',
  title: 'What comes back after a graceful restart?',
  mayLose: false,
  mustRefuse: false,
  signal: 'SIGTERM',
} satisfies Injury

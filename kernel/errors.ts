import { EXIT, type ExitCode } from './cli/exit-code.ts'

/**
 * A failure we foresaw: its message is one operator's sentence (lower case, no full stop, the value
 * quoted, what to do named), and it is printed without a stack. A closed set; anything else is a bug.
 */
export abstract class StandpipeError extends Error {
  abstract readonly exitCode: ExitCode
}

/** The caller asked for something that makes no sense, or configured it wrongly. */
export class UsageError extends StandpipeError {
  override name = 'UsageError'
  readonly exitCode = EXIT.usage
}

/** Something we depend on (Redis, PostgreSQL, a relay, a binary) is out of reach. */
export class DependencyError extends StandpipeError {
  override name = 'DependencyError'
  readonly exitCode = EXIT.dependency
}

/** The operator interrupted the run; whatever was started has been stopped and every fault lifted. */
export class InterruptedError extends StandpipeError {
  override name = 'InterruptedError'
  readonly exitCode = EXIT.interrupted
}

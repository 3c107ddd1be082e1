import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** What a run of the suite comes to. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Counts tests, and everything that went wrong outside of one as a failure: a file that could not be loaded, a
 * hook that threw, an error that nobody caught. A test that never finished has failed.
 */
export function countResults(
  modules: readonly TestModule[],
  unhandledErrors: readonly SerializedError[],
): Counts {
  const states = modules.flatMap(({ children }) =>
    [...children.allTests()].map((test) => test.result().state),
  )
  const outside = modules.flatMap((module) => [
    ...module.errors(),
    ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
  ])
  const passed = states.filter((state) => state === 'passed').length
  const skipped = states.filter((state) => state === 'skipped').length
  return {
    passed,
    skipped,
    failed: states.length - passed - skipped + outside.length + unhandledErrors.length,
  }
}

/** Ends the output of a run with one line, alone: `N passed, N failed, N skipped`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const { passed, failed, skipped } = countResults(modules, unhandledErrors)
    process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
}

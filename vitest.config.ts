import { defineConfig } from 'vitest/config'

/** One project per kind of need; a file's suffix says which one it belongs to. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.redis.test.ts', '**/*.system.test.ts', '**/node_modules/**', '.tools/**'],
          isolate: false,
        },
      },
      {
        test: {
          name: 'redis',
          // These wait for servers more than they compute.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          include: ['**/*.redis.test.ts'],
          exclude: ['**/node_modules/**', '.tools/**'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['**/*.system.test.ts'],
          exclude: ['**/node_modules/**', '.tools/**'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})

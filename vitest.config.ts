import { defineConfig } from 'vitest/config';

/** Unit and integration tests: real processes, files and sockets, so few at a time and with room for a busy machine. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    // A shared machine can starve a process for seconds; what needed a second try is marked `retry` in the report.
    retry: process.env['CI'] ? 1 : 0,
  },
});

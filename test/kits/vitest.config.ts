/** The test kit for Vitest, as it was built, on one emulator that is running. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/kits/*.test.ts'], environment: 'node', testTimeout: 60_000, maxConcurrency: 8 },
})

/** The unit tests alone, as Stryker runs them. */
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import { unit } from '../vitest.config.js'

export default mergeConfig(
  unit,
  defineConfig({ test: { root: fileURLToPath(new URL('../..', import.meta.url)) } }),
)

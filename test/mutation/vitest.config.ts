/** The unit tests of what is mutated, as Stryker runs them. */
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config'
import { unit } from '../vitest.config.js'

// Stryker's copy of the project is below node_modules. There Vite reads no tsconfig.json, and Node loads plain JavaScript.
export default mergeConfig(
  unit,
  defineConfig({
    test: {
      root: fileURLToPath(new URL('../..', import.meta.url)),
      // Stryker's setup file has to run for each test file. Node would load it once.
      server: { deps: { inline: [/stryker-setup/] } },
      // The elements are not mutated. Without tsconfig.json their JSX would be compiled for React.
      exclude: [...configDefaults.exclude, 'test/unit/elements/**'],
    },
  }),
)

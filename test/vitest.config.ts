/** How the tests run. One project per place that code runs in; `npm test` runs all of them. */
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import LongestFirst from './longest-first.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

// Tests name the package as its users do. Unit and contract tests get the source, the others what was built.
const source = {
  'authsignal-channels/elements/challenge': path('../src/elements/challenge/index.ts'),
  'authsignal-channels/elements/code': path('../src/elements/code/index.ts'),
  'authsignal-channels/elements': path('../src/elements/index.ts'),
  'authsignal-channels/emulator': path('../src/emulator/index.ts'),
  'authsignal-channels/testing/playwright': path('../src/testing/playwright.ts'),
  'authsignal-channels/testing/vitest': path('../src/testing/vitest.ts'),
  'authsignal-channels': path('../src/client/index.ts'),
}

/**
 * The files that a worker runs share its modules and its browser: loading these takes longer than most tests. Vitest
 * leaves one core free unless it is given a number: with two cores nothing would run in parallel. A third worker works
 * while two wait for a page.
 */
const shared = { isolate: false, maxWorkers: 3 } as const

/** The longest builds: the package once more, the executable, an app of Next.js. Not part of `npm test`. */
const RELEASE = ['reproducible', 'binary', 'next'].map(name => `test/package/${name}.test.ts`)

/** In a page that happy-dom makes, or in Node where the file says so. Mutation testing runs these alone. */
export const unit: TestProjectInlineConfiguration = {
  resolve: { alias: source },
  // The renderer of the elements has no second runtime for development.
  oxc: { jsx: { development: false } },
  test: {
    ...shared,
    name: 'unit',
    include: ['test/unit/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    testTimeout: 20_000,
    // Scripts and frames are not loaded, and that is no failure.
    environmentOptions: { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } } },
  },
}

export default defineConfig({
  test: {
    root: path('..'),
    reporters: ['default', path('./closing-line.ts')],
    sequence: { sequencer: LongestFirst },
    projects: [
      unit,
      {
        resolve: { alias: source },
        test: {
          ...shared,
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'docs',
          include: ['test/docs/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/.cache/**'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'bundle',
          include: ['test/bundle/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts', 'test/docs/**/*.browser.test.ts'],
          environment: 'node',
          globalSetup: [path('./browser/install-chromium.ts'), path('./package/setup.ts')],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          environment: 'node',
          globalSetup: path('./engines/install.ts'),
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // Conditions are waited for on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          ...shared,
          name: 'package',
          include: ['test/package/**/*.test.ts', 'test/api/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...RELEASE],
          environment: 'node',
          globalSetup: path('./package/setup.ts'),
          // Builds, of an app by each bundler and of the package itself.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'release',
          include: RELEASE,
          environment: 'node',
          globalSetup: path('./package/setup.ts'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})

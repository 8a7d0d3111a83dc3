/** The test kit for Playwright, as it was built, in the Chromium of the other tests. */
import { defineConfig } from '@playwright/test'
import type { AuthsignalOptions } from 'authsignal-channels/testing/playwright'
import { findChromium, findShell } from '../support/chromium.js'

const executablePath = findShell() ?? findChromium()

export default defineConfig<object, AuthsignalOptions>({
  testMatch: '*.spec.ts',
  outputDir: '../../node_modules/.cache/kits',
  fullyParallel: true,
  // Conditions are waited for on a busy machine.
  timeout: 60_000,
  expect: { timeout: 30_000 },
  use: {
    authsignalApp: 'node test/kits/app/server.mjs',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})

/**
 * What every browser test is given: a fresh page in a real Chromium, a record of its errors, and the test kit's service.
 *
 * A page that logs an error, throws, or leaves a rejection unhandled fails its test. When a test fails,
 * every page that is open is kept as `screenshots/<test name>.png`.
 *
 * @module
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Authsignal as Backend } from '@authsignal/node'
import { test as base } from 'authsignal-channels/testing/vitest'
import type { Browser, BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium, SCREENSHOTS } from './chromium.js'
import { PATIENCE } from './patience.js'

/** Errors of pages, as text. A test that causes one removes it with `expectOne`. */
export interface Problems {
  readonly list: string[]
  /** There has been, or there will be, one such problem. */
  expectOne(pattern: RegExp): Promise<void>
}

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await launchChromium()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('context', async ({ browser, task }, { onCleanup }) => {
    const context = await newContext(browser)
    onCleanup(async () => {
      if (task.result?.state === 'fail') await keepScreenshots(context, task.fullTestName)
      await context.close()
    })
    return context
  })
  .extend('problems', { auto: true }, async ({ context, task }, { onCleanup }) => {
    const problems = watch(context)
    onCleanup(async () => {
      if (problems.list.length > 0) await keepScreenshots(context, task.fullTestName)
      expect(problems.list, 'problems in the console').toEqual([])
    })
    return problems
  })
  .extend('page', ({ context }) => context.newPage())
  .extend('backend', ({ authsignal }) => new Backend({ ...authsignal.settings, retries: 0 }))

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE)
  return context
}

function watch(context: BrowserContext): Problems {
  const list: string[] = []
  context.on('weberror', error => list.push(String(error.error())))
  context.on('console', message => {
    // The browser itself reports each response with an error status, which is no mistake of a page.
    const isStatus = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isStatus) list.push(message.text())
  })
  return {
    list,
    async expectOne(pattern) {
      await expect.poll(() => list.some(text => pattern.test(text)), { timeout: PATIENCE }).toBe(true)
      list.splice(
        list.findIndex(text => pattern.test(text)),
        1,
      )
    },
  }
}

async function keepScreenshots(context: BrowserContext, testName: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const name = testName
    .replace(/[^\w()-]+/g, ' ')
    .slice(0, 120)
    .trim()
  for (const [index, page] of context.pages().entries()) {
    const path = fileURLToPath(new URL(`${name}${index ? ` ${index + 1}` : ''}.png`, SCREENSHOTS))
    // A page that hangs has no picture; its error is reported anyway.
    await page.screenshot({ path, timeout: 5000 }).catch(() => {})
  }
}

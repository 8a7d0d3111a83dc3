/**
 * Tests that run in every engine, each with a page: `page` is its own, `sharedPage` was used by tests before.
 * `authsignal` is the service of the test kit, and `backend` the server SDK for it. When a test fails, the page is kept
 * as a picture next to those of the other browser tests.
 *
 * @module
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Authsignal as Backend } from '@authsignal/node'
import { test as base } from 'authsignal-channels/testing/vitest'
import { describe, expect } from 'vitest'
import { SCREENSHOTS } from '../support/chromium.js'
import { type Engine, type EngineName, type EnginePage, engineNames, openEngine } from './engine.js'

export type EngineTest = ReturnType<typeof testIn>

/** Defines the same tests once for each engine, with `engine` and `page` or `sharedPage` to use. */
export function inEachEngine(define: (test: EngineTest, name: EngineName) => void): void {
  for (const name of engineNames()) {
    const test = testIn(name)
    describe(name, () => define(test, name))
  }
}

function testIn(name: EngineName) {
  return (
    base
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used.
      .extend('engine', { scope: 'worker' }, async ({}, { onCleanup }) => {
        const engine = await openEngine(name)
        onCleanup(() => engine.close())
        return engine
      })
      // A page of its own: for a test that must find no cookie, goes back, or makes errors.
      .extend('page', async ({ engine, task }, { onCleanup }) => {
        const page = await engine.newPage()
        onCleanup(async () => {
          if (task.result?.state === 'fail') await keepScreenshot(page, `${name} ${task.name}`)
          await page.close()
        })
        return page
      })
      .extend('spare', { scope: 'worker' }, ({ engine }) => spareOf(engine))
      // Quicker, for a test that begins by going somewhere. It must leave no window, and no error.
      .extend('sharedPage', async ({ spare, task }, { onCleanup }) => {
        const page = await spare.take()
        onCleanup(async () => {
          const failed = task.result?.state === 'fail'
          if (failed) await keepScreenshot(page, `${name} ${task.name}`)
          const left = failed ? undefined : { windows: await page.windows(), errors: await page.errors() }
          if (left?.windows.length === 0 && left.errors.length === 0) return spare.giveBack(page)
          await page.close()
          if (left) expect(left, 'what the test has left').toEqual({ windows: [], errors: [] })
        })
        return page
      })
      .extend('backend', ({ authsignal }) => new Backend({ ...authsignal.settings, retries: 0 }))
  )
}

/** Keeps a page from one test to the next. */
function spareOf(engine: Engine) {
  let spare: EnginePage | undefined
  return {
    async take() {
      const page = spare ?? (await engine.newPage())
      spare = undefined
      return page
    },
    giveBack(page: EnginePage) {
      spare = page
    },
  }
}

async function keepScreenshot(page: EnginePage, testName: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const name = testName.replace(/[^\w ()-]+/g, ' ').slice(0, 120)
  // A page that hangs has no picture; its error is reported anyway.
  await page.screenshot(fileURLToPath(new URL(`${name}.png`, SCREENSHOTS))).catch(() => {})
}

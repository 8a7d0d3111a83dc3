/**
 * Every call meets every fault, in every engine: it settles as a value with the code of the fault, and
 * without a sound. The faults are those of `test/faults/`, which Node meets in `test/contract/`.
 */
import { afterAll, beforeAll, expect } from 'vitest'
import { CALLS, type Call, callsFor, nameOf, POLLS } from '../faults/calls.js'
import { FAULTS } from '../faults/faults.js'
import { type FaultServer, serveFaults } from '../faults/server.js'
import { type Settlement, type Settling, settle } from '../faults/settle.js'
import { pageFile } from '../support/launch-pages.js'
import { built, html, type Site, serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

/** What the script of the page defines. */
declare const authsignal: typeof import('authsignal-channels')

declare global {
  interface Window {
    settlement?: Promise<Settlement>
  }
}

/** Longer than any response takes, so that only a missing response times out. */
const LONG = 30_000
const SHORT = 300

/** A browser has only so many connections to one host; more calls would wait for one. */
const AT_ONCE = 4

let faults: FaultServer
let site: Site

beforeAll(async () => {
  faults = await serveFaults()
  site = await serve({
    '/': html(
      '<script src="/collect-errors.js"></script><title>App</title><script src="/authsignal.js"></script>',
    ),
    '/collect-errors.js': pageFile('collect-errors.js'),
    '/authsignal.js': built('authsignal.umd.js'),
  })
})

afterAll(() => Promise.all([faults.close(), site.close()]))

/** Chromium slows a page down whose WebSockets have failed; one of another site begins anew. */
let turn = 0
const nextSite = () => (turn++ % 2 ? site.url : site.otherUrl)

/** Makes all of the calls at once, and keeps their results on the page. */
async function startCalls(
  page: EnginePage,
  calls: readonly Call[],
  baseUrl: string,
  timeout: number,
): Promise<void> {
  await page.goto(nextSite())
  const settling: Settling = { calls, baseUrls: [baseUrl], timeout }
  await page.evaluate(`void (window.settlement = (${settle})(authsignal, ${JSON.stringify(settling)}))`)
}

const settlement = (page: EnginePage) => page.evaluate(() => window.settlement!)

/** Each call has this result, with a sentence for the user, and nothing was thrown or logged. */
function expectEach(calls: readonly Call[], { settled, noise }: Settlement, expected: object): void {
  const each = {
    response: {
      ...expected,
      error: expect.any(String),
      errorDescription: expect.stringMatching(/^[A-Z].*\.$/),
    },
  }
  for (const [index, call] of calls.entries()) expect(settled[0]?.[index], nameOf(call)).toEqual(each)
  expect(noise).toEqual([])
}

inEachEngine((test, engineName) => {
  let combinations = 0

  for (const fault of FAULTS) {
    const { name, expected } = fault
    const calls = callsFor(fault)
    test(`${name}: each call is a value with the code ${expected.errorCode}`, async ({
      sharedPage: page,
    }) => {
      const before = faults.requests(name)
      const timeout = expected.errorCode === 'timeout' ? SHORT : LONG
      await startCalls(page, calls, faults.baseUrl(name), timeout)
      expectEach(calls, await settlement(page), expected)
      // No call is repeated behind the app's back.
      expect(faults.requests(name) - before).toBeLessThanOrEqual(CALLS.length + POLLS.length)
      combinations += calls.length
    })
  }

  test('going offline in mid-call: each call is a value with the code network_error', async ({ page }) => {
    for (let first = 0; first < CALLS.length; first += AT_ONCE) {
      const calls = CALLS.slice(first, first + AT_ONCE)
      const silent = await serveFaults()
      await startCalls(page, calls, silent.baseUrl('no response'), LONG)
      await expect.poll(() => silent.requests('no response')).toBe(calls.length)
      // What an engine calls offline keeps open connections, which a real network takes with it.
      await page.setOffline?.(true)
      await silent.cut()
      expectEach(calls, await settlement(page), { errorCode: 'network_error' })
      await page.setOffline?.(false)
      await silent.close()
      combinations += calls.length
    }
    expect(await page.errors()).toEqual([])
  })

  test('meets each call with each fault', () => {
    const all = FAULTS.flatMap(callsFor).length + CALLS.length
    expect(combinations).toBe(all)
    console.log(
      `${engineName}: ${all} combinations of ${CALLS.length + POLLS.length} calls and ${FAULTS.length + 1} faults`,
    )
  })
})

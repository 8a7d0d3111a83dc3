/**
 * Every outcome of launch(), in every mode and engine: it settles once, and leaves the page as it was.
 *
 * What the popup makes of its options, and of messages, is tested in `../browser/` and `messages.test.ts`.
 */
import { afterAll, beforeAll, expect } from 'vitest'
import {
  APPROVE,
  appBody,
  CANCEL,
  CLOSE,
  CLOSED,
  CONTAINER,
  FRAME,
  serveApp,
  serveUi,
  TOKEN,
} from '../support/launch-pages.js'
import { html, type Site } from '../support/site.js'
import { type EngineTest, inEachEngine } from './each-engine.js'
import type { EngineName, EnginePage } from './engine.js'
import { expectNothingLeft, focus, launch, leftovers, outcome, untilLoaded, untilReady } from './host.js'

let host: Site
let ui: Site
/** Nothing listens there any more. */
let gone: Site

beforeAll(async () => {
  gone = await serveUi()
  await gone.close()
  ui = await serveUi({
    '/never': () => {},
    // As quick as can be: no file to load.
    '/at-once': html(
      `<script>parent.postMessage('{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"' + location.hash + '"}', '*')</script>`,
    ),
    '/not-to-be-framed': html('<title>Alone</title>', {
      'content-security-policy': "frame-ancestors 'none'",
    }),
  })
  host = await serveApp({
    '/isolated': html(appBody(), { 'cross-origin-opener-policy': 'same-origin' }),
  })
})

afterAll(() => Promise.all([host.close(), ui.close()]))

const hosted = (path = '/challenge?token=track-token') => `${ui.otherUrl}${path}`

/** Opens the app and launches; returns the state of the page before. */
async function open(
  page: EnginePage,
  mode: 'popup' | 'window',
  { path = '/', url = hosted() }: { path?: string; url?: string } = {},
) {
  await page.goto(host.url + path)
  await page.evaluate(() => document.querySelector('button')!.focus())
  const before = await leftovers(page)
  await launch(page, { url, mode })
  return before
}

async function openPopup(page: EnginePage) {
  const before = await open(page, 'popup')
  await untilReady(page)
  return before
}

async function openWindow(page: EnginePage) {
  const before = await open(page, 'window')
  const window = await page.window()
  await untilLoaded(window)
  return { before, window }
}

const isOnOpener = (page: EnginePage) =>
  page.evaluate(() => document.activeElement === document.querySelector('main button'))

const abort = (page: EnginePage) => page.evaluate(() => app.controller.abort())

interface Outcome<Pages extends readonly EnginePage[]> {
  readonly name: string
  readonly end: (...pages: Pages) => Promise<unknown>
  readonly outcome: object
}

const POPUP_OUTCOMES: readonly Outcome<[page: EnginePage]>[] = [
  { name: 'the token', end: page => page.frame(FRAME).click(APPROVE), outcome: TOKEN },
  { name: 'a cancel in the hosted page', end: page => page.frame(FRAME).click(CANCEL), outcome: CLOSED },
  { name: 'Escape, right after opening', end: page => page.press('Escape'), outcome: CLOSED },
  { name: 'a click beside it', end: page => page.clickAt(20, 400), outcome: CLOSED },
  { name: 'its close button', end: page => page.click(CLOSE), outcome: CLOSED },
  { name: 'the signal', end: abort, outcome: { errorCode: 'aborted' } },
  {
    name: 'a script of the page that removes it',
    end: page => page.evaluate(selector => document.querySelector(selector)!.remove(), CONTAINER),
    outcome: CLOSED,
  },
]

function popupTests(test: EngineTest) {
  for (const { name, end, outcome: expected } of POPUP_OUTCOMES) {
    test(`a popup ends with ${name}, and leaves nothing behind`, async ({ sharedPage: page }) => {
      const before = await openPopup(page)
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden')

      await end(page)

      expect(await outcome(page)).toMatchObject(expected)
      await expectNothingLeft(page, before)
      expect(await isOnOpener(page)).toBe(true)
    })
  }

  test('a popup gives the focus to the page when the button that launched it has gone', async ({
    sharedPage: page,
  }) => {
    const before = await openPopup(page)
    await page.evaluate(() => document.querySelector('main button')!.remove())
    await page.press('Escape')
    expect(await outcome(page)).toMatchObject(CLOSED)
    const listeners = before.listeners.filter(name => name !== 'HTMLButtonElement click')
    await expectNothingLeft(page, { ...before, listeners })
    expect(await focus(page)).toBe('BODY')
  })

  test('a second popup is popup_already_open, and the first stays open', async ({ sharedPage: page }) => {
    const before = await openPopup(page)
    expect(await page.evaluate(url => app.client.launch(url), hosted())).toMatchObject({
      errorCode: 'popup_already_open',
    })
    await page.frame(FRAME).click(APPROVE)
    expect(await outcome(page)).toMatchObject(TOKEN)
    await expectNothingLeft(page, before)
  })

  test('a popup ends when its user leaves the page, and can be launched again after the user returns', async ({
    page,
  }) => {
    const before = await openPopup(page)
    await page.goto(`${host.url}/elsewhere`)
    await page.back()
    await expect.poll(() => page.evaluate(() => app.shows).catch(() => [])).toEqual([false, true])
    expect(await outcome(page)).toMatchObject(CLOSED)
    await expectNothingLeft(page, before)

    await page.click('main button')
    await untilReady(page)
    await page.press('Escape')
    expect(await page.evaluate(() => app.outcome)).toMatchObject(CLOSED)
    await expectNothingLeft(page, before)
  })
}

const WINDOW_OUTCOMES: readonly Outcome<[page: EnginePage, window: EnginePage]>[] = [
  { name: 'the token', end: (_, window) => window.click(APPROVE), outcome: TOKEN },
  { name: 'a cancel in the hosted page', end: (_, window) => window.click(CANCEL), outcome: CLOSED },
  { name: 'its user, who closes it', end: (_, window) => window.close(), outcome: CLOSED },
  { name: 'the signal', end: abort, outcome: { errorCode: 'aborted' } },
]

function windowTests(test: EngineTest) {
  for (const { name, end, outcome: expected } of WINDOW_OUTCOMES) {
    test(`a window ends with ${name}, and leaves nothing behind`, async ({ sharedPage: page }) => {
      const { before, window } = await openWindow(page)
      await end(page, window)
      expect(await outcome(page)).toMatchObject(expected)
      await expect.poll(() => page.windows()).toEqual([])
      await expectNothingLeft(page, before)
      expect(await isOnOpener(page)).toBe(true)
    })
  }

  test('a window that the browser blocks is popup_blocked, and a click opens the next', async ({
    sharedPage: page,
  }) => {
    await page.goto(`${host.url}/?${new URLSearchParams({ launch: hosted() })}`)
    expect(await outcome(page)).toMatchObject({ errorCode: 'popup_blocked' })
    expect(await page.windows()).toEqual([])

    await page.click('main button')
    await (await page.window()).click(APPROVE)
    expect(await page.evaluate(() => app.outcome)).toMatchObject(TOKEN)
    await expect.poll(() => page.windows()).toEqual([])
  })

  test('a second launch beside a window is popup_already_open, and the first stays open', async ({
    sharedPage: page,
  }) => {
    const { before, window } = await openWindow(page)
    expect(await page.evaluate(url => app.client.launch(url), hosted())).toMatchObject({
      errorCode: 'popup_already_open',
    })
    await window.click(APPROVE)
    expect(await outcome(page)).toMatchObject(TOKEN)
    await expect.poll(() => page.windows()).toEqual([])
    await expectNothingLeft(page, before)
  })

  test('a window closes when its user leaves the page, and can be launched again after the user returns', async ({
    page,
  }) => {
    await openWindow(page)
    await page.goto(`${host.url}/elsewhere`)
    await expect.poll(() => page.windows()).toEqual([])
    await page.back()
    await expect.poll(() => page.evaluate(() => typeof app).catch(() => '')).toBe('object')
    // An engine that does not cache a page with an open window reloads it.
    expect(await page.evaluate(() => app.outcome ?? { errorCode: 'popup_closed' })).toMatchObject(CLOSED)
    await launch(page, { url: hosted() })
    await untilReady(page)
  })

  for (const { name, path, url } of [
    { name: 'the app', path: '/isolated', url: () => hosted() },
    { name: 'the hosted page', path: '/', url: () => hosted('/isolated') },
  ]) {
    test(`a window that is cut off by Cross-Origin-Opener-Policy of ${name} is window_unreachable`, async ({
      page,
    }) => {
      const before = await open(page, 'window', { path, url: url() })
      expect(await outcome(page)).toMatchObject({
        errorCode: 'window_unreachable',
        errorDescription: expect.stringContaining('Cross-Origin-Opener-Policy'),
      })
      await expectNothingLeft(page, before)
    })
  }
}

function unreachableTests(test: EngineTest) {
  for (const mode of ['popup', 'window'] as const) {
    for (const { name, url } of [
      { name: 'refuses the connection', url: () => `${gone.otherUrl}/challenge` },
      { name: 'never responds', url: () => hosted('/never') },
      { name: 'says nothing', url: () => hosted('/challenge?silent') },
    ]) {
      test(`a ${mode} whose page ${name} is launch_failed`, async ({ sharedPage: page }) => {
        const before = await open(page, mode, { path: '/?timeout=400', url: url() })
        expect(await outcome(page)).toMatchObject({ errorCode: 'launch_failed' })
        await expect.poll(() => page.windows()).toEqual([])
        await expectNothingLeft(page, before)
      })
    }
  }

  test('a popup whose page may not be framed is launch_failed', async ({ sharedPage: page }) => {
    const before = await open(page, 'popup', { path: '/?timeout=400', url: hosted('/not-to-be-framed') })
    expect(await outcome(page)).toMatchObject({ errorCode: 'launch_failed' })
    await expectNothingLeft(page, before)
  })
}

const AT_A_TIME = 25
/** More where the engine can count what is alive; elsewhere, enough for what is left each time to show. */
const CYCLES: Readonly<Record<EngineName, number>> = { chromium: 100, firefox: 50, webkit: 50 }

function cycleTests(test: EngineTest, name: EngineName) {
  /** Launches again and again, with a hosted page that is done at once. */
  const cycle = (page: EnginePage, times: number) =>
    page.evaluate(
      async (url, times) => {
        for (let token = 0; token < times; token++) {
          const result = await app.client.launch(`${url}#${token}`)
          if (result.token !== `#${token}`) throw new Error(`${token}: ${JSON.stringify(result)}`)
        }
      },
      // Of another origin, but of the same site, which spares a process for each.
      `${ui.url}/at-once`,
      times,
    )

  test(`${CYCLES[name]} launches leave nothing behind`, async ({ engine, page }) => {
    await page.goto(host.url)
    const before = await leftovers(page)
    await cycle(page, AT_A_TIME)
    await expectNothingLeft(page, before)
    const baseline = await page.domCounters?.()

    for (let cycles = AT_A_TIME; cycles < CYCLES[name]; cycles += AT_A_TIME) await cycle(page, AT_A_TIME)

    await expectNothingLeft(page, before)
    expect(await page.errors()).toEqual([])
    if (!baseline) return console.log(`${name}: ${engine.lacks.domCounters}`)
    // What is one too many each time would be more.
    const counters = async () => {
      const { nodes, documents, listeners } = (await page.domCounters?.())!
      return {
        nodes: Math.max(nodes, baseline.nodes + 40),
        documents: Math.max(documents, baseline.documents + 2),
        listeners: Math.max(listeners, baseline.listeners + 5),
      }
    }
    // A removed frame is destroyed later.
    await expect.poll(counters).toEqual({
      nodes: baseline.nodes + 40,
      documents: baseline.documents + 2,
      listeners: baseline.listeners + 5,
    })
  })
}

function redirectTests(test: EngineTest) {
  test('a redirect leaves for the hosted page, and its token is taken out of the address', async ({
    sharedPage: page,
  }) => {
    await page.goto(host.url)
    await launch(page, { url: hosted(), mode: 'redirect' })
    await expect.poll(() => page.evaluate(() => location.href).catch(() => '')).toBe(hosted())

    // As a hosted page does at the end.
    await page.goto(`${host.url}/?order=a%20b&token=new-token#part`)
    expect(await page.evaluate(() => ({ token: app.client.handleRedirect(), left: location.href }))).toEqual({
      token: 'new-token',
      left: `${host.url}/?order=a%20b#part`,
    })
  })
}

inEachEngine((test, name) => {
  popupTests(test)
  windowTests(test)
  unreachableTests(test)
  redirectTests(test)
  cycleTests(test, name)
})

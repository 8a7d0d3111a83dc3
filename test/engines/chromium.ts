/**
 * Chromium, driven by Playwright.
 *
 * @module
 */
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { launchChromium } from '../support/chromium.js'
import type { Engine, EngineFrame, EnginePage } from './engine.js'
import { findElement, fromJson, toExpression } from './in-page.js'
import { PATIENCE, until } from './until.js'

export async function openChromium(): Promise<Engine> {
  const browser = await launchChromium({ desktop: true })
  return {
    name: 'chromium',
    version: browser.version(),
    lacks: {
      hidden: 'A headless Chromium takes every page for a visible one.',
      evaluateWithoutActivation: 'Playwright evaluates as if the user had just clicked.',
    },
    async newPage() {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      context.setDefaultTimeout(PATIENCE)
      const errors = watch(context)
      return toPage(await context.newPage(), errors, () => context.close())
    },
    close: () => browser.close(),
  }
}

function watch(context: BrowserContext): readonly string[] {
  const errors: string[] = []
  context.on('weberror', error => errors.push(String(error.error())))
  context.on('console', message => {
    // Entries of the browser itself have no arguments.
    if (message.type() === 'error' && message.args().length > 0) errors.push(message.text())
  })
  return errors
}

function toPage(page: Page, errors: readonly string[], close: () => Promise<void>): EnginePage {
  const opened: Page[] = []
  page.on('popup', popup => opened.push(popup))
  const windows = async () =>
    opened.filter(popup => !popup.isClosed()).map(popup => toPage(popup, errors, () => popup.close()))
  return {
    ...toFrame(async () => page.mainFrame()),
    async goto(url) {
      await page.goto(url)
    },
    async back() {
      const url = page.url()
      // The page may be gone before the call returns.
      await page.evaluate(() => history.back()).catch(() => {})
      // A page that was kept never loads, which is what goBack() waits for.
      await until('the way back', async () => page.url() !== url)
    },
    frame: selector =>
      toFrame(async () => {
        const element = await find(page.mainFrame(), selector)
        return until(`the document of ${selector}`, () => element.contentFrame())
      }),
    clickAt: (x, y) => page.mouse.click(x, y),
    press: key => page.keyboard.press(key),
    type: text => page.keyboard.type(text),
    windows,
    window: () => until('a window', async () => (await windows())[0]),
    resize: (width, height) => page.setViewportSize({ width, height }),
    emulate: preference =>
      page.emulateMedia({
        forcedColors: preference === 'forced colours' ? 'active' : 'none',
        reducedMotion: preference === 'reduced motion' ? 'reduce' : 'no-preference',
      }),
    async screenshot(path) {
      await page.screenshot({ path })
    },
    setOffline: isOffline => page.context().setOffline(isOffline),
    async domCounters() {
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('HeapProfiler.collectGarbage')
      const { nodes, documents, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
      await devtools.detach()
      return { nodes, documents, listeners: jsEventListeners }
    },
    async errors() {
      // A response arrives after every event before it.
      await page.evaluate('0')
      return errors
    },
    close,
  }
}

function toFrame(getFrame: () => Promise<Frame>): EngineFrame {
  return {
    async evaluate(run, ...args) {
      const frame = await getFrame()
      return fromJson(await frame.evaluate(toExpression(run, args)))
    },
    async click(selector) {
      const element = await find(await getFrame(), selector)
      await element.click()
    },
  }
}

function find(frame: Frame, selector: string) {
  return until(selector, async () => (await frame.evaluateHandle(findElement, selector)).asElement())
}

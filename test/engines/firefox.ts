/**
 * Firefox, driven by Puppeteer over WebDriver BiDi.
 *
 * @module
 */
import puppeteer, { type ElementHandle, type Frame, type Page } from 'puppeteer-core'
import type { Engine, EngineFrame, EnginePage, Key } from './engine.js'
import { findElement, fromJson, toExpression } from './in-page.js'
import { findFirefox, required } from './programs.js'
import { PATIENCE, until } from './until.js'

/** The browser reports its own entries as errors too. */
const OWN_NOTES =
  /^(Content-Security-Policy|Cross-Origin Request Blocked): |^(Firefox can’t establish a|The) connection to /

export async function openFirefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: required('firefox', findFirefox()),
    defaultViewport: { width: 1280, height: 800 },
    // Windows that open without a click are blocked, as they are for people.
    extraPrefsFirefox: { 'dom.disable_open_during_load': true },
  })
  return {
    name: 'firefox',
    version: (await browser.version()).replace('firefox/', ''),
    lacks: {
      emulate: 'WebDriver BiDi does not emulate preferences of the user.',
      domCounters: 'WebDriver BiDi does not count what is alive.',
      evaluateWithoutActivation: 'Puppeteer evaluates as if the user had just clicked.',
    },
    async newPage() {
      const context = await browser.createBrowserContext()
      return toPage(await context.newPage(), [], () => context.close())
    },
    close: () => browser.close(),
  }
}

function toPage(page: Page, errors: string[], close: () => Promise<void>): EnginePage {
  page.setDefaultTimeout(PATIENCE)
  page.on('pageerror', error => {
    const { message } = error as Error
    if (!OWN_NOTES.test(message)) errors.push(message)
  })
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const opened: { page: Page; window: EnginePage }[] = []
  page.on('popup', popup => {
    if (popup) opened.push({ page: popup, window: toPage(popup, errors, () => popup.close()) })
  })
  const windows = async () => opened.filter(({ page }) => !page.isClosed()).map(({ window }) => window)
  return {
    ...toFrame(async () => page.mainFrame()),
    async goto(url) {
      await page.goto(url)
    },
    async back() {
      const where = () => page.evaluate(() => location.href)
      const url = await where()
      await page.evaluate(() => history.back())
      // A page that was kept never loads, which is what goBack() waits for; in between there is no page to query.
      await until('the way back', async () => (await where().catch(() => url)) !== url)
    },
    frame: selector =>
      toFrame(async () => {
        const element = await find(page.mainFrame(), selector)
        return until(`the document of ${selector}`, () => element.contentFrame())
      }),
    clickAt: (x, y) => page.mouse.click(x, y),
    press: key => press(page, key),
    type: text => page.keyboard.type(text),
    windows,
    window: () => until('a window', async () => (await windows())[0]),
    resize: (width, height) => page.setViewport({ width, height }),
    async screenshot(path) {
      await page.screenshot({ path: path as `${string}.png` })
    },
    async setHidden(isHidden) {
      // A page is hidden while another one of its window is in front.
      if (isHidden) await (await page.browserContext().newPage()).bringToFront()
      else await page.bringToFront()
    },
    setOffline: isOffline => page.setOfflineMode(isOffline),
    async errors() {
      // A response arrives after every event before it.
      await page.evaluate('0')
      return errors
    },
    close,
  }
}

async function press({ keyboard }: Page, key: Key): Promise<void> {
  if (key !== 'Shift+Tab') return keyboard.press(key)
  await keyboard.down('Shift')
  await keyboard.press('Tab')
  await keyboard.up('Shift')
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
  return until(
    selector,
    async () =>
      (await frame.evaluateHandle(findElement, selector)).asElement() as ElementHandle<Element> | null,
  )
}

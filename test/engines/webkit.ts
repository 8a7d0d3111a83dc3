/**
 * WebKit: WebKitGTK's MiniBrowser, driven over WebDriver.
 *
 * WebDriver is in one window and one frame at a time, so every step first goes to its own, and steps wait
 * for each other.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { Key as Code, error, Origin, type WebDriver, type WebElement } from 'selenium-webdriver'
import type { Engine, EngineFrame, EnginePage, Key } from './engine.js'
import { findElement, findFrames, fromJson, takeErrors, toExpression } from './in-page.js'
import { findWebKit, required } from './programs.js'
import { until } from './until.js'
import { startSession, type WebKitSession, WINDOW } from './webkit-session.js'

const CODES: Readonly<Record<Exclude<Key, 'Shift+Tab'>, string>> = {
  Enter: Code.ENTER,
  Escape: Code.ESCAPE,
  Space: Code.SPACE,
  Tab: Code.TAB,
}

export async function openWebKit(): Promise<Engine> {
  const programs = required('webkit', findWebKit())
  // Only a session reports the version; the first page takes it over.
  const first = await startSession(programs)
  const sessions = [first]
  const unused = [first]
  return {
    name: 'webkit',
    version: (await first.driver.getCapabilities()).getBrowserVersion() ?? 'unknown',
    lacks: {
      emulate: 'WebDriver does not emulate preferences of the user.',
      resize: 'The window of MiniBrowser is no smaller than its toolbar.',
      domCounters: 'WebDriver does not count what is alive.',
      offline: 'WebDriver has no command that cuts the network off.',
      errorsOfAnyPage: 'WebDriver does not report the console.',
      frameWithoutFocus: 'WebDriver looks into a frame by moving the focus there, and out of it again.',
      windowFocus: 'Xvfb has no window manager that gives the focus to a new window.',
    },
    async newPage() {
      const session = unused.pop() ?? (await startSession(programs))
      if (!sessions.includes(session)) sessions.push(session)
      return openPage(session)
    },
    async close() {
      await Promise.all(sessions.map(session => session.end()))
    },
  }
}

/** What the windows of one session share. */
interface Shared {
  readonly driver: WebDriver
  /** The window that the session began with. */
  readonly main: string
  readonly errors: string[]
  /** Where the driver is: going there moves the focus, so it goes only when it must. */
  place: { readonly handle: string; readonly isFrame: boolean }
  /** Runs one thing after the other. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>
}

async function openPage({ driver, end }: WebKitSession): Promise<EnginePage> {
  const main = await driver.getWindowHandle()
  const place = { handle: main, isFrame: false }
  return toPage({ driver, main, errors: [], place, inTurn: queue() }, main, end)
}

function toPage(shared: Shared, handle: string, endSession?: () => Promise<void>): EnginePage {
  const { driver, main, errors } = shared

  /** In this window, in whichever of its frames. */
  const anywhere = <T>(run: () => Promise<T>) =>
    shared.inTurn(async () => {
      const { place } = shared
      if (place.handle !== handle || (place.isFrame && !(await isThere(driver)))) {
        await driver.switchTo().window(handle)
        shared.place = { handle, isFrame: false }
      }
      return run()
    })

  /** In the top frame of this window. */
  const here = <T>(run: () => Promise<T>) =>
    anywhere(async () => {
      if (shared.place.isFrame) await driver.switchTo().defaultContent()
      shared.place = { handle, isFrame: false }
      return run()
    })

  /** In a frame of this window, where the driver stays. */
  const inFrame = <T>(selector: string, run: () => Promise<T>) =>
    here(async () => {
      await driver.switchTo().frame(await find(driver, selector))
      shared.place = { handle, isFrame: true }
      return run()
    })

  /** Errors are kept by the documents, and are lost with them. */
  async function collectErrors() {
    const take = () => driver.executeScript<string[]>(`return (${takeErrors})()`)
    errors.push(...(await take()))
    // A frame that is removed at this moment makes the driver fail: once more, then.
    const frames = await until('the frames', () =>
      driver.executeScript<WebElement[]>(`return (${findFrames})()`).catch(unlessStale),
    )
    for (const frame of frames) {
      // A popup may have faded away meanwhile, and taken its frame along.
      const inside = driver.switchTo().frame(frame).then(take)
      errors.push(...(await inside.catch(() => [])))
      await driver.switchTo().defaultContent()
    }
  }

  const windows = async () => {
    const handles = await shared.inTurn(() => driver.getAllWindowHandles())
    return handles.filter(other => other !== handle && other !== main).map(opened => toPage(shared, opened))
  }
  return {
    ...toFrame(driver, here),
    goto: url =>
      here(async () => {
        await collectErrors()
        await driver.executeScript('window.isLeft = true')
        await driver.get(url)
        // On a busy machine the driver is back sooner than the page is there.
        const hasLoaded = 'return !window.isLeft && document.readyState === "complete"'
        await until(`${url} to load`, () => driver.executeScript<boolean>(hasLoaded))
      }),
    back: () =>
      here(async () => {
        await collectErrors()
        await driver.navigate().back()
      }),
    frame: selector => toFrame(driver, run => inFrame(selector, run)),
    clickAt: (x, y) => here(() => driver.actions().move({ x, y, origin: Origin.VIEWPORT }).click().perform()),
    press: key => anywhere(() => press(driver, key)),
    type: text => anywhere(() => driver.actions().sendKeys(text).perform()),
    windows,
    window: () => until('a window', async () => (await windows())[0]),
    setHidden: isHidden =>
      here(async () => {
        const window = driver.manage().window()
        await (isHidden ? window.minimize() : window.setRect(WINDOW))
      }),
    screenshot: path => here(async () => writeFile(path, await driver.takeScreenshot(), 'base64')),
    async errors() {
      await here(collectErrors)
      for (const window of handle === main ? await windows() : []) await window.errors()
      return errors
    },
    close: endSession ?? (() => here(() => driver.close())),
  }
}

function unlessStale(failure: unknown): undefined {
  if (!(failure instanceof error.StaleElementReferenceError)) throw failure
}

/** A frame may be gone by now. */
const isThere = (driver: WebDriver) =>
  driver.executeScript('').then(
    () => true,
    () => false,
  )

function press(driver: WebDriver, key: Key): Promise<void> {
  if (key !== 'Shift+Tab') return driver.actions().sendKeys(CODES[key]).perform()
  return driver.actions().keyDown(Code.SHIFT).sendKeys(Code.TAB).keyUp(Code.SHIFT).perform()
}

function toFrame(driver: WebDriver, inside: <T>(run: () => Promise<T>) => Promise<T>): EngineFrame {
  return {
    evaluate: (run, ...args) =>
      inside(async () => fromJson(await driver.executeScript(`return ${toExpression(run, args)}`))),
    click: selector => inside(async () => (await find(driver, selector)).click()),
  }
}

function find(driver: WebDriver, selector: string): Promise<WebElement> {
  return until(selector, () =>
    driver.executeScript<WebElement | null>(`return (${findElement})(...arguments)`, selector),
  )
}

function queue(): Shared['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return run => {
    const result = last.then(run)
    last = result.catch(() => {})
    return result
  }
}

/**
 * A WebKit of its own, from the display up: Xvfb, WebKitWebDriver on it, and the browser that the driver starts.
 *
 * A driver has one session, and a session has one set of cookies; so each page that wants its own gets all three.
 *
 * @module
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Readable } from 'node:stream'
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver'
import { endOwn, startOwn } from './own-process.js'
import type { WebKitPrograms } from './programs.js'
import { until } from './until.js'

export interface WebKitSession {
  readonly driver: WebDriver
  end(): Promise<void>
}

/** The screen is a little larger than the window, which leaves the page about 1280 x 800 CSS pixels. */
const SCREEN = '1400x1100x24'
export const WINDOW = { x: 0, y: 0, width: 1280, height: 870 }

const XVFB = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp']

export async function startSession({ display, driver, browser }: WebKitPrograms): Promise<WebKitSession> {
  const processes: ChildProcess[] = []
  const stop = async () => {
    await Promise.all(processes.map(endOwn))
  }
  try {
    const xvfb = startOwn(display, XVFB, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    processes.push(xvfb)
    const DISPLAY = `:${await firstLine(xvfb.stdio[3] as Readable)}`
    const port = await freePort()
    processes.push(
      startOwn(driver, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY } }),
    )
    const connected = await connect(`http://127.0.0.1:${port}`, browser)
    return {
      driver: connected,
      async end() {
        // The browser may be gone already; then there is nothing to quit.
        await connected.quit().catch(() => {})
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function connect(url: string, browser: string): Promise<WebDriver> {
  const isUp = () =>
    fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until('WebKitWebDriver', isUp)
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
  })
  const driver = await new Builder().usingServer(url).withCapabilities(capabilities).build()
  await driver.manage().setTimeouts({ script: 60_000, pageLoad: 30_000 })
  await driver.manage().window().setRect(WINDOW)
  return driver
}

/** Xvfb chooses a free display, and writes its number when it is ready. */
async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += chunk
    if (text.includes('\n')) return text.trim()
  }
  throw new Error('Xvfb ended without a display.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

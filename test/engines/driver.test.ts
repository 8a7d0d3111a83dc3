/**
 * Each engine supports what the other tests rely on: frames and windows of another origin, real keys,
 * and reporting errors. What it does in `launch.test.ts` is not repeated here.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { FAIL, FRAME, serveApp, serveUi } from '../support/launch-pages.js'
import type { Site } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'
import { launch } from './host.js'

let host: Site
let ui: Site

beforeAll(async () => {
  ui = await serveUi()
  host = await serveApp()
})

afterAll(() => Promise.all([host.close(), ui.close()]))

async function launchIn(page: EnginePage, mode: 'popup' | 'window') {
  await page.goto(host.url)
  await launch(page, { url: `${ui.otherUrl}/challenge?token=track-token`, mode })
}

inEachEngine(test => {
  test('reports its version', ({ engine }) => {
    expect(engine.version).toMatch(/^\d+\.\d+/)
    console.log(`${engine.name} ${engine.version}`)
  })

  test('types into a frame that was clicked', async ({ page }) => {
    await launchIn(page, 'popup')
    await page.frame(FRAME).click('input')
    await page.type('123456')
    expect(await page.frame(FRAME).evaluate(() => document.querySelector('input')?.value)).toBe('123456')
  })

  test('reports errors of the page and of its frame, and nothing else', async ({ page }) => {
    await launchIn(page, 'popup')
    await page.evaluate(url => {
      setTimeout(() => {
        throw new Error('thrown in the page')
      })
      Promise.reject(new Error('rejected in the page'))
      console.warn('a warning')
      return fetch(url).catch(() => {})
    }, `${ui.otherUrl}/no-such-page`)
    await page.frame(FRAME).evaluate(() => console.error('logged', 'in the frame'))
    await expect
      .poll(async () => [...(await page.errors())].sort())
      .toEqual(['Error: rejected in the page', 'Error: thrown in the page', 'logged in the frame'])
  })

  test('reports errors of a window of the page', async ({ page }) => {
    await launchIn(page, 'window')
    const window = await page.window()
    await window.click(FAIL)
    await expect.poll(() => page.errors()).toEqual(['Error: thrown in the window'])
  })

  test('gives each page a storage of its own', async ({ engine, page }) => {
    await page.goto(`${host.url}/elsewhere`)
    await page.evaluate(() => {
      localStorage.setItem('name', 'first')
      // biome-ignore lint/suspicious/noDocumentCookie: WebKit's other way is asynchronous.
      document.cookie = 'name=first'
    })
    const other = await engine.newPage()
    await other.goto(`${host.url}/elsewhere`)
    expect(await other.evaluate(() => [localStorage.getItem('name'), document.cookie])).toEqual([null, ''])
    await other.close()
  })

  test('goes offline', async ({ engine, page, skip }) => {
    if (engine.lacks.offline) skip(engine.lacks.offline)
    await page.goto(`${host.url}/elsewhere`)
    const get = () =>
      page.evaluate(() =>
        fetch('/elsewhere').then(
          ({ status }) => status,
          () => 'offline',
        ),
      )
    await page.setOffline?.(true)
    expect(await get()).toBe('offline')
    await page.setOffline?.(false)
    expect(await get()).toBe(200)
  })

  test('opens no window for evaluate() without a click', async ({ engine, page, skip }) => {
    if (engine.lacks.evaluateWithoutActivation) skip(engine.lacks.evaluateWithoutActivation)
    await page.goto(`${host.url}/elsewhere`)
    expect(await page.evaluate(() => open('/elsewhere') === null)).toBe(true)
  })

  test('looks into a frame and leaves the focus where it is', async ({ engine, page, skip }) => {
    if (engine.lacks.frameWithoutFocus) skip(engine.lacks.frameWithoutFocus)
    await launchIn(page, 'popup')
    await page.frame(FRAME).click('input')
    await page.evaluate('document.title')
    await page.frame(FRAME).evaluate('document.title')
    await page.type('1')
    expect(await page.frame(FRAME).evaluate(() => document.querySelector('input')?.value)).toBe('1')
  })

  test('gives the focus to a new window', async ({ engine, page, skip }) => {
    if (engine.lacks.windowFocus) skip(engine.lacks.windowFocus)
    await launchIn(page, 'window')
    const window = await page.window()
    await expect.poll(() => window.evaluate(() => document.hasFocus())).toBe(true)
  })

  test('types, and moves the focus by Tab', async ({ page }) => {
    await page.goto(`${host.url}/elsewhere`)
    await page.evaluate(() =>
      document.body.append(document.createElement('input'), document.createElement('input')),
    )
    await page.click('input')
    await page.type('one')
    await page.press('Tab')
    await page.type('two')
    await page.press('Shift+Tab')
    await page.type('!')
    const values = await page.evaluate(() =>
      [...document.querySelectorAll('input')].map(({ value }) => value),
    )
    expect(values[0]).toContain('!')
    expect(values[1]).toBe('two')
  })

  test('takes a picture', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'engines-'))
    await page.goto(`${host.url}/elsewhere`)
    await page.screenshot(join(folder, 'page.png'))
    expect(readFileSync(join(folder, 'page.png')).subarray(1, 4).toString()).toBe('PNG')
    rmSync(folder, { recursive: true })
  })
})

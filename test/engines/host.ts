/**
 * What a test does with an app's page and a hosted page (`../support/launch-pages.ts`) in every engine.
 *
 * @module
 */
import { expect } from 'vitest'
import { CONTAINER, type Outcome } from '../support/launch-pages.js'
import type { EngineFrame, EnginePage, Json } from './engine.js'

export interface LaunchInput {
  readonly url: string
  readonly mode?: 'popup' | 'window' | 'redirect'
  readonly options?: { readonly [name: string]: Json }
}

/** Clicks the button that launches the hosted page; the app's page is there already. */
export async function launch(page: EnginePage, { url, mode = 'popup', options }: LaunchInput): Promise<void> {
  await page.evaluate(
    (url, options) => {
      app.launchInput = [url, options]
    },
    url,
    { mode, ...options },
  )
  await page.click('main button')
}

/** What the launch resolved with; it has settled this once. */
export async function outcome(page: EnginePage): Promise<Outcome> {
  const result = await page.evaluate(() => app.outcome)
  expect(await page.evaluate(() => app.settlements)).toBe(1)
  return result!
}

/** The hosted page has said that it is ready. */
export const untilReady = (page: EnginePage) =>
  expect
    .poll(() =>
      page.evaluate(
        selector => document.querySelector(selector)?.shadowRoot?.querySelector('dialog')?.className ?? '',
        CONTAINER,
      ),
    )
    .toContain('ready')

/** A window is there before its page is. */
export const untilLoaded = (window: EngineFrame) =>
  expect
    .poll(() =>
      window
        .evaluate(() => `${document.readyState} ${document.querySelectorAll('button').length}`)
        .catch(() => ''),
    )
    .toBe('complete 3')

/** Where the focus is, looked for in shadow roots as well. */
export const focus = (page: EnginePage) =>
  page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element?.tagName ?? 'none'
  })

/** What a launch could leave behind, as it is on a page that has launched nothing. */
export const leftovers = (page: EnginePage) =>
  page.evaluate(() => ({
    elements: [...document.documentElement.children].map(({ tagName }) => tagName),
    frames: frames.length,
    overflow: getComputedStyle(document.documentElement).overflow,
    styleSheets: document.adoptedStyleSheets.length,
    bodyStyle: document.body.getAttribute('style'),
    ...window.running!(),
  }))

/** Nothing is left of it, as soon as it has faded away. */
export const expectNothingLeft = (page: EnginePage, before: Awaited<ReturnType<typeof leftovers>>) =>
  expect.poll(() => leftovers(page)).toEqual(before)

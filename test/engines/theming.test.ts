/** The theme of `<authsignal-challenge>` in every engine: its colours, their changes, and general rules of the page. */
import { afterAll, beforeAll, expect } from 'vitest'
import { challengeScript } from '../support/challenge-page.js'
import { pageFile } from '../support/launch-pages.js'
import { html, type Site, serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

const POLICY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
}

// Without a service: an empty token leads to a notice, which has a heading, an icon and texts.
const PAGE = `
  const element = document.querySelector('authsignal-challenge')
  element.tenantId = 'demo-tenant'
  element.token = ''`

const STYLE = `
  * { margin: 1em; color: red; font: 30px serif; letter-spacing: 4px }
  main h1 { font-size: 99px }
  [data-authsignal="lead"] { text-transform: uppercase }`

let site: Site

beforeAll(async () => {
  site = await serve({
    '/': html(
      `<script src="/collect-errors.js"></script><title>App</title><link rel="stylesheet" href="/style.css">
      <main><authsignal-challenge></authsignal-challenge></main>
      <script src="/challenge.js"></script><script src="/page.js"></script>`,
      POLICY,
    ),
    '/style.css': { type: 'text/css', body: STYLE },
    '/challenge.js': await challengeScript(),
    '/page.js': { type: 'text/javascript', body: PAGE },
    '/collect-errors.js': pageFile('collect-errors.js'),
  })
})

afterAll(() => site.close())

const styleOf = (page: EnginePage, hook: string, property: string) =>
  page.evaluate(
    `getComputedStyle(document.querySelector('[data-authsignal=${hook}]') ?? document.body).getPropertyValue('${property}')`,
  )

inEachEngine(test => {
  test('rules for elements change nothing, and rules for hooks do', async ({ sharedPage: page }) => {
    await page.goto(site.url)
    await expect.poll(() => styleOf(page, 'title', 'font-size')).toBe('22px')
    expect(await styleOf(page, 'title', 'letter-spacing')).toBe('-0.22px')
    expect(await styleOf(page, 'title', 'color')).toBe('rgb(22, 26, 34)')
    expect(await styleOf(page, 'lead', 'text-transform')).toBe('uppercase')
  })

  test('the surface and the text follow the page and the theme', async ({ sharedPage: page }) => {
    await page.goto(site.url)
    const surface = () => styleOf(page, 'challenge', 'background-color')
    await expect.poll(surface).toBe('rgb(255, 255, 255)')
    await page.evaluate("document.documentElement.style.setProperty('--authsignal-surface', 'hsl(0 0% 10%)')")
    await expect.poll(surface).toBe('rgb(26, 26, 26)')
    await expect.poll(() => styleOf(page, 'title', 'color')).toBe('rgb(238, 240, 244)')
    await page.evaluate("document.documentElement.style.removeProperty('--authsignal-surface')")
    await expect.poll(surface).toBe('rgb(255, 255, 255)')
    await page.evaluate("document.querySelector('authsignal-challenge').theme = 'dark'")
    await expect.poll(surface).toBe('rgb(24, 28, 36)')
    await page.evaluate("document.querySelector('authsignal-challenge').theme = 'auto'")
    await expect.poll(surface).toBe('rgb(255, 255, 255)')
    await page.evaluate("document.documentElement.style.colorScheme = 'dark'")
    await expect.poll(surface).toBe('rgb(24, 28, 36)')
  })
})

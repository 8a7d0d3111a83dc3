/** `<authsignal-code>` in every engine: typing, filling in, submitting, errors and cells. */
import { afterAll, beforeAll, expect } from 'vitest'
import { pageFile } from '../support/launch-pages.js'
import { builtModules, html, type Site, serve } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

declare global {
  interface Window {
    /** The codes that the page was told, and what its form has sent. */
    codes?: string[]
    sent?: string[]
  }
}

const BODY = `
  <script src="/collect-errors.js"></script>
  <title>Code</title>
  <form><authsignal-code cells><label>Code <input name="code"></label></authsignal-code><button>Continue</button></form>
  <script type="module" src="/page.js"></script>`

const SCRIPT = `
  import '/elements/code/index.js'
  window.codes = []
  window.sent = []
  document.querySelector('authsignal-code').addEventListener('complete', ({ detail }) => codes.push(detail.code))
  document.querySelector('form').addEventListener('submit', event => {
    event.preventDefault()
    sent.push(new FormData(event.target).get('code'))
  })
  window.isReady = true`

/** Inline styles and scripts are refused, and so is every text that becomes HTML. */
const POLICY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
}

let site: Site

beforeAll(async () => {
  site = await serve({
    '/': html(BODY, POLICY),
    '/page.js': { type: 'text/javascript', body: SCRIPT },
    ...builtModules('elements/code', 'client/lib'),
    '/collect-errors.js': pageFile('collect-errors.js'),
  })
})

afterAll(() => site.close())

async function open(page: EnginePage) {
  await page.goto(site.url)
  await expect.poll(() => page.evaluate('window.isReady === true')).toBe(true)
  await page.click('input')
}

const value = (page: EnginePage) => page.evaluate(() => document.querySelector('input')!.value)
const codes = (page: EnginePage) => page.evaluate(() => window.codes!)

inEachEngine(test => {
  test('a code that is typed is reported once, and sent by Enter', async ({ sharedPage: page }) => {
    await open(page)
    await page.type('12 34-5')
    expect(await codes(page)).toEqual([])
    await page.type('6')
    await expect.poll(() => codes(page)).toEqual(['123456'])
    await page.type('78')
    await page.press('Enter')
    expect(await page.evaluate(() => window.sent!)).toEqual(['123456'])
    expect(await codes(page)).toEqual(['123456'])
  })

  test('a sentence that is filled in becomes its code', async ({ sharedPage: page }) => {
    await open(page)
    await page.evaluate(() => {
      const input = document.querySelector('input')!
      input.value = 'Your code is ٠١٢ 345.'
      input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    expect(await value(page)).toBe('012345')
    await expect.poll(() => codes(page)).toEqual(['012345'])
  })

  test('a sentence that is inserted by the browser becomes its code', async ({ sharedPage: page }) => {
    await open(page)
    await page.evaluate(() => document.execCommand('insertText', false, 'Your code is 123 456.'))
    expect(await value(page)).toBe('123456')
    await expect.poll(() => codes(page)).toEqual(['123456'])
  })

  test('an error describes the input, and typing replaces the code and clears it', async ({
    sharedPage: page,
  }) => {
    await open(page)
    await page.type('123456')
    await page.evaluate(() => {
      document.querySelector('authsignal-code')!.error = 'That code is wrong.'
    })
    const state = () =>
      page.evaluate(() => {
        const input = document.querySelector('input')!
        const ids = input.getAttribute('aria-describedby')?.trim().split(' ') ?? []
        const alert = document.querySelector('[role=alert]')!
        return [input.getAttribute('aria-invalid'), ids.includes(alert.id), alert.textContent]
      })
    expect(await state()).toEqual(['true', true, 'That code is wrong.'])
    await page.type('9')
    expect(await value(page)).toBe('9')
    expect(await state()).toEqual([null, true, ''])
  })

  test('the cells are drawn under a strict policy, and hold all digits', async ({ sharedPage: page }) => {
    await open(page)
    await page.type('123456')
    const [image, scrolled] = await page.evaluate(() => {
      const input = document.querySelector('input')!
      return [getComputedStyle(input).backgroundImage, input.scrollLeft] as const
    })
    expect(image).toContain('repeating-linear-gradient')
    expect(scrolled).toBe(0)
  })
})

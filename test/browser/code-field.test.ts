/** `<authsignal-code>` in a real Chromium: what the keyboard, the clipboard, autofill, policies and styles do to it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { axeViolations } from '../support/axe.js'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { builtModules, html, type Route, type Site, serve } from '../support/site.js'

/** Records what the page is told. */
const SCRIPT = `
  import '/elements/code/index.js'
  window.codes = []
  window.submitted = []
  for (const element of document.querySelectorAll('authsignal-code'))
    element.addEventListener('complete', ({ detail }) => codes.push(detail.code))
  document.addEventListener('submit', event => {
    event.preventDefault()
    submitted.push(Object.fromEntries(new FormData(event.target)))
  })
  window.isReady = true`

const FIELD = '<authsignal-code><label>Code <input name="code"></label></authsignal-code>'

const pageOf = (body: string, head = '', headers = {}) =>
  html(
    `<title>Code</title>${head}<main><h1>Code</h1>${body}</main><script type="module" src="/page.js"></script>`,
    headers,
  )

const form = (field = FIELD) => `<form>${field}<button>Continue</button></form>`

const cells = (attributes = '') => FIELD.replace('<authsignal-code', `<authsignal-code cells ${attributes}`)

const POLICY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
}

/** Resets that sites use, and rules that are too general. */
const RESETS = `<style>
  * { margin: 0; padding: 0; border: 0; background: none; box-sizing: border-box; letter-spacing: 0; text-align: center; font: inherit }
  input { all: revert; width: 100%; font-size: 13px; background: #fff; text-indent: 3px }
</style>`

const LIGHT_AND_DARK = '<meta name="color-scheme" content="light dark">'

/** A message that the test can send to the page, in place of the phone's. */
const MESSAGES = `
  window.OTPCredential ??= class {}
  window.waits = []
  navigator.credentials.get = options =>
    new Promise((resolve, reject) => {
      waits.push({ otp: options.otp, signal: options.signal, receive: code => resolve({ code }), refuse: reject })
      options.signal.addEventListener('abort', () => reject(options.signal.reason))
    })`

let site: Site

beforeAll(async () => {
  const pages: Record<string, Route> = {
    '/': pageOf(form()),
    '/eight': pageOf(
      form('<authsignal-code><input name="code" aria-label="Code" maxlength="8"></authsignal-code>'),
    ),
    '/strict': pageOf(form(cells('error="That code is wrong."')), '', POLICY),
    '/reset': pageOf(form(cells()) + form(), RESETS),
    '/small': pageOf(form(), '<style>input { font-size: 12px !important }</style>'),
    '/large': pageOf(form(), '<style>input { font-size: 30px }</style>'),
    '/looks': pageOf(
      form() + form(cells()) + form(cells('length="8"')) + form(cells('error="That code is wrong."')),
      LIGHT_AND_DARK,
    ),
    '/right-to-left': {
      ...pageOf(form(cells())),
      body: pageOf(form(cells())).body.replace('lang="en"', 'lang="ar" dir="rtl"'),
    },
    '/no-script': html(`<title>Code</title><form action="/sent">${FIELD}<button>Continue</button></form>`),
    '/sent': html('<title>Sent</title>'),
    '/messages': html(
      `<title>Code</title><script src="/messages.js"></script>${form()}<script type="module" src="/page.js"></script>`,
    ),
    ...builtModules('elements/code', 'client/lib'),
    '/page.js': { type: 'text/javascript', body: SCRIPT },
    '/messages.js': { type: 'text/javascript', body: MESSAGES },
  }
  site = await serve(pages)
})

afterAll(() => site.close())

async function open(page: Page, path = '/') {
  await page.goto(`${site.url}${path}`)
  await page.waitForFunction('window.isReady')
  return page.getByRole('textbox').first()
}

const codes = (page: Page) => page.evaluate<string[]>('codes')

/** The code has been reported, and no other. */
const expectCodes = (page: Page, ...expected: string[]) =>
  expect.poll(() => codes(page), { timeout: PATIENCE }).toEqual(expected)

async function paste(page: Page, text: string) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.url })
  await page.evaluate(copied => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}

test('typing a code reports it once, when it is complete', async ({ page }) => {
  const input = await open(page)
  await input.focus()
  await page.keyboard.type('12345')
  expect(await codes(page)).toEqual([])
  await page.keyboard.type('6')
  await expectCodes(page, '123456')
  await page.keyboard.type('7x')
  expect(await input.inputValue()).toBe('123456')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('0')
  await expectCodes(page, '123456', '123450')
})

test('what is typed in the middle stays there, and the caret behind it', async ({ page }) => {
  const input = await open(page)
  await input.focus()
  await page.keyboard.type('1256')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('x3-4')
  expect(await input.inputValue()).toBe('123456')
  await expectCodes(page, '123456')
})

for (const [text, code] of [
  ['123 456', '123456'],
  ['123-456', '123456'],
  ['Your code is 123 456.', '123456'],
  ['<#> 123456 is your code, valid for 10 minutes\n@example.com #123456', '123456'],
  ['１２３４５６', '123456'],
  ['٠١٢٣٤٥', '012345'],
] as const) {
  test(`pasting ${JSON.stringify(text)} leaves ${code}`, async ({ page }) => {
    const input = await open(page)
    await input.focus()
    await paste(page, text)
    expect(await input.inputValue()).toBe(code)
    await expectCodes(page, code)
  })
}

test('maxlength is the length of the code, and does not cut off what is pasted', async ({ page }) => {
  const input = await open(page, '/eight')
  await input.focus()
  await paste(page, 'Your code: 1234 5678')
  expect(await input.inputValue()).toBe('12345678')
  await expectCodes(page, '12345678')
})

test('a code that is filled in without keys or focus is reported', async ({ page }) => {
  const input = await open(page)
  await input.evaluate((field: HTMLInputElement) => {
    field.value = '123 456'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  expect(await input.inputValue()).toBe('123456')
  await expectCodes(page, '123456')
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
})

test('an input method composes full-width digits undisturbed, and the code is what it leaves', async ({
  page,
}) => {
  const input = await open(page)
  await input.focus()
  const devtools = await page.context().newCDPSession(page)
  const compose = (text: string) =>
    devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await compose('１２３')
  await compose('１２３４５６')
  expect(await input.inputValue()).toBe('１２３４５６')
  expect(await codes(page)).toEqual([])
  await devtools.send('Input.insertText', { text: '１２３４５６' })
  await expect.poll(() => input.inputValue()).toBe('123456')
  await expectCodes(page, '123456')
})

test('the form submits the code by Enter, and is reset as any other', async ({ page }) => {
  const input = await open(page)
  await input.focus()
  await page.keyboard.type('12 34 56')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('submitted')).toEqual([{ code: '123456' }])
  await page.evaluate('document.forms[0].reset()')
  await expectCodes(page, '123456')
  await page.keyboard.type('123456')
  await expectCodes(page, '123456', '123456')
})

test('without a script the field is an input of its form', async ({ page }) => {
  await page.goto(`${site.url}/no-script`)
  await page.getByLabel('Code').fill('123456')
  await page.getByRole('button').click()
  await page.waitForURL(/\/sent\?code=123456$/)
})

test('the attributes that phones and password managers read are on the input', async ({ page }) => {
  const input = await open(page)
  const attributes = await input.evaluate(field =>
    Object.fromEntries([...field.attributes].map(({ name, value }) => [name, value])),
  )
  expect(attributes).toEqual({
    name: 'code',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    dir: 'ltr',
  })
})

describe('an error', () => {
  const setError = (page: Page, error: string) =>
    page.evaluate(text => {
      document.querySelector('authsignal-code')!.error = text
    }, error)

  test('describes the input and is announced, until the next input', async ({ page }) => {
    const input = await open(page)
    await input.focus()
    await page.keyboard.type('123456')
    await setError(page, 'That code is wrong.')
    await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor()
    expect(await input.getAttribute('aria-invalid')).toBe('true')
    const described = await page.evaluate(`
      document.querySelector('input').getAttribute('aria-describedby').trim().split(' ')
        .map(id => document.getElementById(id).textContent)`)
    expect(described).toEqual(['That code is wrong.'])

    // The code is selected.
    await page.keyboard.type('6')
    expect(await input.inputValue()).toBe('6')
    expect(await input.getAttribute('aria-invalid')).toBeNull()
    expect(await page.getByRole('alert').textContent()).toBe('')
  })

  test('does not select what the user is typing meanwhile', async ({ page }) => {
    const input = await open(page)
    await input.focus()
    await page.keyboard.type('123456')
    await page.keyboard.press('Backspace')
    await setError(page, 'That code is wrong.')
    await page.keyboard.type('7')
    expect(await input.inputValue()).toBe('123457')
  })
})

describe('a code in a text message', () => {
  /** Runs with `waits`, the requests that the page has made. */
  const waits = <T>(page: Page, read: string) => page.evaluate<T>(`waits.${read}`)

  test('is waited for, filled in and reported', async ({ page }) => {
    const input = await open(page, '/messages')
    expect(await waits(page, 'map(({ otp }) => otp)')).toEqual([{ transport: ['sms'] }])
    await waits(page, 'at(-1).receive("123456")')
    await expectCodes(page, '123456')
    expect(await input.inputValue()).toBe('123456')
    await input.focus()
    expect(await waits(page, 'length')).toBe(2)
  })

  test('is waited for until the form is submitted', async ({ page }) => {
    await open(page, '/messages')
    await page.getByRole('button').click()
    expect(await waits(page, 'map(({ signal }) => signal.aborted)')).toEqual([true])
    expect(await page.evaluate('submitted')).toEqual([{ code: '' }])
  })

  test('is waited for until the element leaves, and anew when it comes back', async ({ page }) => {
    await open(page, '/messages')
    await page.evaluate(`
      element = document.querySelector('authsignal-code')
      element.remove()`)
    expect(await waits(page, 'map(({ signal }) => signal.aborted)')).toEqual([true])
    await page.evaluate('document.querySelector("form").prepend(element)')
    expect(await waits(page, 'map(({ signal }) => signal.aborted)')).toEqual([true, false])
  })

  test('may be refused: the code is typed then', async ({ page }) => {
    const input = await open(page, '/messages')
    await waits(page, 'at(-1).refuse(new DOMException("", "NotAllowedError"))')
    await input.focus()
    await page.keyboard.type('123456')
    await expectCodes(page, '123456')
  })
})

describe('the style', () => {
  const styleOf = (page: Page, index = 0) =>
    page
      .getByRole('textbox')
      .nth(index)
      .evaluate(field => {
        const { fontSize, letterSpacing, backgroundImage, textAlign, paddingLeft, direction } =
          getComputedStyle(field)
        const { width, left } = field.getBoundingClientRect()
        return { fontSize, letterSpacing, backgroundImage, textAlign, paddingLeft, direction, width, left }
      })

  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  test('and the field work under a strict policy with Trusted Types', async ({ page }) => {
    const input = await open(page, '/strict')
    expect((await styleOf(page)).backgroundImage).toContain('gradient')
    await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor()
    await input.focus()
    await page.keyboard.type('123456')
    await expectCodes(page, '123456')
  })

  test('of the cells is kept on a page that resets every style', async ({ page }) => {
    await open(page, '/looks')
    const { width, ...expected } = await styleOf(page, 1)
    await open(page, '/reset')
    const { width: here, ...actual } = await styleOf(page)
    const { letterSpacing, paddingLeft, textAlign } = expected
    // The font has its own size there.
    expect(actual.backgroundImage).toContain('gradient')
    expect(actual.textAlign).toBe(textAlign)
    const perPixel = (style: { fontSize: string }, value: string) =>
      Number.parseFloat(value) / Number.parseFloat(style.fontSize)
    expect(perPixel(actual, actual.letterSpacing)).toBeCloseTo(perPixel(expected, letterSpacing), 2)
    expect(perPixel(actual, actual.paddingLeft)).toBeCloseTo(perPixel(expected, paddingLeft), 2)
    expect([here, width].every(each => each > 100)).toBe(true)
  })

  test('leaves a plain field to the page, but for a text too small for iOS', async ({ page }) => {
    await open(page, '/large')
    expect((await styleOf(page)).fontSize).toBe('30px')
    await open(page, '/')
    expect((await styleOf(page)).fontSize).toBe('16px')
    await open(page, '/small')
    expect((await styleOf(page)).fontSize).toBe('16px')
    await open(page, '/reset')
    expect((await styleOf(page, 1)).fontSize).toBe('16px')
  })

  test('of the cells holds each digit in its cell, also the last with the caret behind it', async ({
    page,
  }) => {
    for (const path of ['/looks', '/reset', '/right-to-left']) {
      await open(page, path)
      const input = page.locator('authsignal-code[cells] input').first()
      await input.focus()
      await page.keyboard.type('123456')
      expect(
        await input.evaluate(field => [field.scrollLeft, field.scrollWidth - field.clientWidth]),
      ).toEqual([0, 0])
    }
  })

  test('of a field on a page from right to left is from left to right', async ({ page }) => {
    await open(page, '/right-to-left')
    const { direction, textAlign, left, width } = await styleOf(page)
    expect({ direction, textAlign }).toEqual({ direction: 'ltr', textAlign: 'left' })
    expect(left + width).toBeLessThanOrEqual(1280)
  })

  test('fits on a screen 320 pixels wide, with eight digits', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 568 })
    await open(page, '/looks')
    expect(await overflow(page)).toBe(0)
    const { left, width } = await styleOf(page, 2)
    expect(left + width).toBeLessThanOrEqual(320)
  })

  test('leaves a border around the cells in forced colours', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await open(page, '/reset')
    const border = await page
      .getByRole('textbox')
      .first()
      .evaluate(field => getComputedStyle(field).border)
    expect(border).toMatch(/^1px solid/)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`passes axe in ${colorScheme} colours, with cells, plain and with an error`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await open(page, '/looks')
      for (const input of await page.getByRole('textbox').all()) await input.fill('12345678')
      await page.evaluate("document.querySelectorAll('authsignal-code')[3].error = 'That code is wrong.'")
      expect(await axeViolations(page)).toEqual([])
    })
  }
})

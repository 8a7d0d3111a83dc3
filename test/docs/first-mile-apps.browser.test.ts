/** The guides for apps that are built, each followed from an empty folder, and used in a browser. */
import { describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import {
  enter,
  expectAccessible,
  expectFourStates,
  expectPopupPays,
  followed,
  messages,
  pass,
  press,
  says,
  stepsOf,
  typeCode,
} from './first-mile.js'

/** https://wicg.github.io/layout-instability/ */
interface LayoutShift extends PerformanceEntry {
  readonly value: number
}

declare global {
  interface Window {
    shift: number
  }
}

const SPA = 'docs/guides/single-page-app.md'
const APPS = ['React', 'Vue', 'Plain TypeScript']

describe.each(APPS)('single-page app: %s', name => {
  const reader = followed(stepsOf(SPA, ...APPS.filter(other => other !== name)))

  test('a wrong code can be corrected, by keyboard alone, and each step is accessible', async ({ page }) => {
    await page.goto(reader.url('3'))
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectAccessible(page)
    await press(page, 'Send me a code')
    const [message] = await messages(reader)
    await typeCode(page, wrongCode(message!.code))
    await says(page, /^That code is wrong/)
    await expectAccessible(page)
    await press(page, 'Send again')
    const [second] = await messages(reader, 2)
    await enter(page, second!.code)
    await says(page, 'Paid.')
  })

  test('the hosted page pays, a double click sends one code, a refused payment none', async ({ page }) => {
    await page.goto(reader.url('3'))
    await expectPopupPays(page, reader, 'Use the hosted page')
    await page.reload()
    await page.getByRole('button', { name: 'Send me a code' }).dblclick()
    await messages(reader, 3)
    await expectFourStates(reader, reader.url('2'))
    await page.reload()
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await says(page, 'This payment is not allowed.')
    await messages(reader, 3)
  })
})

const ELEMENT = 'docs/guides/ui-in-your-page.md'
const PAGES = ['HTML', 'React', 'Vue']

describe.each(PAGES)('the UI in your page: %s', name => {
  const reader = followed(stepsOf(ELEMENT, ...PAGES.filter(other => other !== name)))

  test('a wrong code can be corrected, by keyboard alone, and each step is accessible', async ({ page }) => {
    await page.goto(reader.url('3'))
    await page.getByRole('heading', { level: 1 }).waitFor()
    await press(page, 'Send payment')
    const [message] = await messages(reader)
    await page.locator('input[autocomplete="one-time-code"]:focus').waitFor()
    await expectAccessible(page)
    await page.keyboard.type(wrongCode(message!.code))
    await page.getByText(/^That code is wrong/).waitFor()
    await expectAccessible(page)
    await page.keyboard.type(message!.code)
    await says(page, 'Paid.')
    await expectAccessible(page)
  })

  test('the user who leaves can start again; a double click sends one code, a refused payment none', async ({
    page,
  }) => {
    await page.goto(reader.url('3'))
    const pay = page.getByRole('button', { name: 'Send payment' })
    await pay.dblclick()
    await messages(reader, 1)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await says(page, 'You did not finish. Try again.')
    await pay.click()
    const [message] = await messages(reader, 2)
    await page.getByLabel('6-digit code').fill(message!.code)
    await says(page, 'Paid.')
    await expectFourStates(reader, reader.url('2'))
    await pay.click()
    await says(page, 'This payment is not allowed.')
    await messages(reader, 2)
  })
})

describe('server rendering', () => {
  const reader = followed(stepsOf('docs/guides/server-rendering.md'))

  test('the page is there before any script has run, and its script is the production build', async () => {
    expect(await (await fetch(reader.url('2'))).text()).toContain('Send me a code</button>')
    const script = await (await fetch(`${reader.url('2')}/client.js`)).text()
    expect(script.length).toBeLessThan(260_000)
  })

  test('a code pays', async ({ page }) => {
    await page.goto(reader.url('2'))
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const [message] = await messages(reader)
    await enter(page, message!.code)
    await says(page, 'Paid.')
  })

  test('the finished UI pays, and nothing on its page moves when it starts', async ({ page }) => {
    await page.addInitScript(() => {
      window.shift = 0
      new PerformanceObserver(list => {
        for (const entry of list.getEntries() as LayoutShift[]) window.shift += entry.value
      }).observe({ type: 'layout-shift' })
    })
    /** The layout shift from the page of the server, painted, to the first screen. */
    async function shift(): Promise<number> {
      let start = () => {}
      await page.route('**/confirm-client.js', async route => {
        await new Promise<void>(resolve => {
          start = resolve
        })
        await route.continue()
      })
      await page.goto(reader.url('2'))
      await page.getByRole('button', { name: 'Pay with the finished UI' }).click({ noWaitAfter: true })
      await page.getByRole('link', { name: 'Back' }).waitFor()
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
      start()
      await page.getByText(/^We sent a code/).waitFor()
      await page.unroute('**/confirm-client.js')
      // An entry is there after its frame.
      return page.evaluate(
        () =>
          new Promise<number>(resolve => {
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shift))))
          }),
      )
    }
    expect(await shift()).toBe(0)
    const [message] = await messages(reader)
    await page.getByLabel('6-digit code').fill(message!.code)
    await says(page, 'Paid.')

    await page.route('**/page.css', route => route.abort())
    expect(await shift()).toBeGreaterThan(0)
  })

  test('the challenge is an empty tag in the HTML of the server, without the token', async () => {
    const html = await (await fetch(`${reader.url('2')}/confirm`, { method: 'POST' })).text()
    expect(html).toMatch(
      /<authsignal-challenge tenant-id="demo-tenant" base-url="[^"]+"><\/authsignal-challenge>/,
    )
  })

  test('the hosted page by redirect pays, without a script of this site', async ({ browser }) => {
    const page = await browser.newPage()
    await page.route(`${reader.url('2')}/client.js`, route => route.abort())
    await page.goto(reader.url('2'))
    await page.getByRole('button', { name: 'Pay without a script' }).click()
    await page.waitForURL(/\/challenge/)
    await pass(page, reader)
    await says(page, 'Paid.')
    await page.goto(`${reader.url('2')}/paid`)
    await says(page, 'The payment was not confirmed.')
    await expectFourStates(reader, reader.url('2'))
    await page.close()
  })
})

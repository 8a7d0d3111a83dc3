/** The guides with a page of their own, each followed from an empty folder, and used in a browser. */
import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import {
  control,
  enter,
  expectAccessible,
  expectFourStates,
  expectPopupPays,
  followed,
  hostedPage,
  messages,
  pass,
  press,
  says,
  stepsOf,
  typeCode,
} from './first-mile.js'

describe('README', () => {
  const reader = followed(stepsOf('README.md'))

  test('a code from WhatsApp pays, after a wrong one', async ({ page }) => {
    await page.goto(reader.url('2'))
    await page.getByRole('button', { name: 'Send payment' }).dblclick()
    const [message] = await messages(reader)
    expect(message!.channel).toBe('WHATSAPP')
    await page.getByLabel('6-digit code').fill(wrongCode(message!.code))
    await page.getByText(/^That code is wrong/).waitFor()
    await expectAccessible(page)
    await page.getByLabel('6-digit code').fill(message!.code)
    await says(page, 'Paid.')
    expect(await page.locator('authsignal-challenge').isVisible()).toBe(false)
  })

  test('each result of track has its own response, and a refused payment sends no code', async ({ page }) => {
    await expectFourStates(reader, reader.url('2'))
    await page.goto(reader.url('2'))
    await page.getByRole('button', { name: 'Send payment' }).click()
    await says(page, 'This payment is not allowed.')
    await messages(reader, 0)
  })

  test('without the service the page says so', async ({ page }) => {
    await page.goto(reader.url('2'))
    await reader.stop('1')
    await page.getByRole('button', { name: 'Send payment' }).click()
    await says(page, 'The server did not respond. Try again.')
  })
})

describe('script tag', () => {
  const reader = followed(stepsOf('docs/guides/script-tag.md'))

  test('a code pays, by keyboard alone, and each step is accessible', async ({ page }) => {
    await page.goto(reader.url('2'))
    await expectAccessible(page)
    await press(page, 'Send me a code')
    const [message] = await messages(reader)
    await typeCode(page, message!.code)
    await says(page, 'Paid.')
    await expectAccessible(page)
  })

  test('the hosted page pays, and closing it is said', async ({ page }) => {
    await page.goto(reader.url('2'))
    await expectPopupPays(page, reader, 'Use the hosted page')
  })

  test('the module loads too', async ({ page }) => {
    await page.goto(`${reader.url('2')}/module.html`)
    await page.getByText('Ready.', { exact: true }).waitFor()
    await expectFourStates(reader, reader.url('2'))
  })
})

describe('content security policy', () => {
  const reader = followed(stepsOf('docs/guides/content-security-policy.md'))

  test('under the policy a code and the hosted page pay, and nothing is violated', async ({ page }) => {
    const response = await page.goto(reader.url('2'))
    expect(response!.headers()['content-security-policy']).toBe(reader.here(EMULATOR_POLICY))
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const [message] = await messages(reader)
    await enter(page, message!.code)
    await says(page, 'Paid.')
    await page.reload()
    await page.getByRole('button', { name: 'Use the hosted page' }).click()
    await pass(hostedPage(page), reader, 2)
    await says(page, 'Paid.')
    await expectFourStates(reader, reader.url('2'))
  })

  test('the policy is the shortest one, with the entries for the emulator', () => {
    const text = readFileSync('docs/guides/content-security-policy.md', 'utf8')
    const shortest = /Content-Security-Policy: (.*)/.exec(text)![1]!
    expect(
      shortest
        .replace('https://api.authsignal.com', 'http://localhost:4010')
        .replace('https://mfa.authsignal.com', 'http://localhost:4010'),
    ).toBe(EMULATOR_POLICY)
  })
})

const EMULATOR_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self' http://localhost:4010; frame-src http://localhost:4010; require-trusted-types-for 'script'; trusted-types 'none'"

describe('hosted UI', () => {
  const reader = followed(stepsOf('docs/guides/hosted-ui.md'))

  test('the popup pays, and closing it is said', async ({ page }) => {
    await page.goto(reader.url('2'))
    await expectPopupPays(page, reader, 'In a popup')
  })

  test('the window pays, and closing it is said', async ({ page, context }) => {
    await page.goto(reader.url('2'))
    const open = async () => {
      const opened = context.waitForEvent('page')
      await page.getByRole('button', { name: 'In a window' }).click()
      return opened
    }
    const first = await open()
    await first.getByLabel('6-digit code').waitFor()
    await first.close()
    await says(page, 'You did not finish. Try again.')
    await pass(await open(), reader, 2)
    await says(page, 'Paid.')
  })

  test('the redirect comes back, pays, and leaves no token in the address', async ({ page }) => {
    await page.goto(reader.url('2'))
    await page.getByRole('button', { name: 'By redirect' }).click()
    await page.waitForURL(/\/challenge/)
    await pass(page, reader)
    await says(page, 'Paid.')
    expect(page.url()).toBe(`${reader.url('2')}/`)
  })

  test('failures inside the hosted page are logged', async ({ page }) => {
    const logged: string[] = []
    page.on('console', message => logged.push(message.text()))
    await page.goto(reader.url('2'))
    // The token is of now, and too old when the page uses it.
    await page.route('**/api/start', async route => {
      const response = await route.fetch()
      await control(reader, 'clock', { advance: 11 * 60 })
      await route.fulfill({ response })
    })
    await page.getByRole('button', { name: 'In a popup' }).click()
    await expect.poll(() => logged).toContain('The hosted page: 401 expired_token')
    await expectFourStates(reader, reader.url('2'))
  })
})

describe('nOTP', () => {
  const page = 'docs/guides/notp.md'
  const reader = followed(stepsOf(page))

  test('the message that the page shows signs in', async ({ page: tab }) => {
    await tab.goto(reader.url('2'))
    await tab.getByRole('button', { name: 'Sign in with WhatsApp' }).click()
    await tab.getByRole('img').waitFor()
    const text = await tab.locator('#text').textContent()
    const command = /^curl .*$/m.exec(readFileSync(page, 'utf8'))![0]
    await reader.type(command.replace('CODE', text!.split(' ').at(-1)!))
    await says(tab, /^Signed in as \w+\.$/)
  })
})

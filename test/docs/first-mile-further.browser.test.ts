/** The guides that go further with an app, each followed from an empty folder, and used in a browser. */
import { VerificationMethod } from '@authsignal/node'
import { afterAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { wrongCode } from '../support/jane.js'
import {
  enter,
  expectFourStates,
  followed,
  hostedPage,
  messages,
  newReader,
  pass,
  says,
  startOver,
  stepsOf,
} from './first-mile.js'

describe('writing a channel', () => {
  const reader = followed(stepsOf('docs/guides/writing-a-channel.md'))

  test('a channel that is built on two others sends by the one that works', async ({ page }) => {
    await startOver(reader, VerificationMethod.SMS)
    await page.goto(reader.url('3'))
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await says(page, 'We have sent a code to +64*****001.')
    const [message] = await messages(reader)
    expect(message!.channel).toBe('SMS')
    await enter(page, message!.code)
    await says(page, 'Paid.')
    await expectFourStates(reader, reader.url('2'))
  })
})

describe('testing', () => {
  // The comment in the guide's file keeps it in Node, whatever the usual environment of the reader's tests is.
  const settings = "export default { test: { environment: 'happy-dom' } }"
  const reader = newReader()
  afterAll(() => reader.leave())

  test('Vitest and Playwright print what the guide says', async () => {
    reader.write('vitest.config.js', settings)
    await reader.follow(stepsOf('docs/guides/testing.md'))
    const [playwright, vitest] = [...reader.printed.values()].filter(text => text.includes('passed'))
    expect(playwright).toMatch(/4 passed/)
    expect(vitest).toMatch(/Tests +3 passed/)
  })
})

describe('webhooks', () => {
  const reader = newReader()
  afterAll(() => reader.leave())

  test('the backend verifies each event, knows one that comes again, and refuses a forged one', async () => {
    await reader.follow(stepsOf('docs/guides/webhooks.md'))
    expect(reader.printed.get('node happen.mjs')).toBe('authenticator.created\nsms.created\n')
    const list = `${reader.url('1')}/emulator/webhooks/deliveries`
    const deliveries = async (): Promise<Delivery[]> =>
      ((await (await fetch(list)).json()) as Deliveries).deliveries
    const replies = async () => (await deliveries()).map(({ attempts }) => attempts.at(-1)?.response?.body)
    await expect.poll(replies).toEqual(['Thank you.', 'Thank you.'])
    const [{ id, body, attempts }] = (await deliveries()) as [Delivery]
    await fetch(`${list}/${id}/replay`, { method: 'POST' })
    expect((await replies())[0]).toBe('Known already.')
    const headers = { 'X-Signature-V2': attempts[0]!.signature }
    const forged = body.replace('jane', 'joe')
    const url = `${reader.url('2')}/webhooks`
    expect((await fetch(url, { method: 'POST', headers, body: forged })).status).toBe(400)
    expect((await fetch(url, { method: 'POST', body })).status).toBe(400)
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
  })
})

interface Deliveries {
  readonly deliveries: Delivery[]
}

interface Delivery {
  readonly id: string
  readonly body: string
  readonly attempts: { readonly signature: string; readonly response?: { readonly body: string } }[]
}

describe('custom UI', () => {
  const reader = followed(stepsOf('docs/guides/custom-ui.md'))

  test('a wrong code can be corrected, and the button for another code rests', async ({ page }) => {
    await page.goto(reader.url('3'))
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const [message] = await messages(reader)
    expect(await page.getByRole('button', { name: /^Send again in \d+ s$/ }).isDisabled()).toBe(true)
    await enter(page, wrongCode(message!.code))
    await page
      .getByRole('alert')
      .getByText(/^That code is wrong/)
      .waitFor()
    await enter(page, message!.code)
    await says(page, 'Paid.')
    await expectFourStates(reader, reader.url('2'))
  })
})

describe('migration', () => {
  const steps = stepsOf('docs/guides/migration.md')
  const change = steps.findIndex(step => step.kind === 'command' && step.line.startsWith('npm uninstall'))
  const reader = followed(steps.slice(0, change))

  test('the redirect of the original becomes a popup that pays', async ({ page }) => {
    await page.goto(reader.url('3'))
    await page.getByRole('button', { name: 'Send payment' }).click()
    await page.waitForURL(/\/challenge/)

    await reader.follow(steps.slice(change))
    expect(reader.printed.get('grep -rn "\\.launch(" src')).toMatch(/^src\/pay\.ts:\d+: .*launch\(url\)\n$/)
    await page.goto(reader.url('3'))
    await page.getByRole('button', { name: 'Send payment' }).click()
    await pass(hostedPage(page), reader, 2)
    await says(page, 'Paid.')
    await expectFourStates(reader, reader.url('2'))
  })
})

/**
 * The other channels of the demo as a person uses them: with the phone on the page as mailbox, authenticator
 * app and approving device, and with the browser's virtual authenticators as passkey and security key.
 */
import { type TOTP, URI } from 'otpauth'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import {
  actOnPhone,
  callsMade,
  choose,
  type Demo,
  enterCode,
  expectOutcome,
  goToScenario,
  onPhone,
  openScenario,
  press,
  result,
  startDemo,
  tap,
} from './demo.js'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo.stop())

const open = (page: Page, scenario: string) => openScenario(page, demo, scenario)

const expectConfirmed = (page: Page, verificationMethod: string) =>
  expectOutcome(page, /^Confirmed/, { state: 'CHALLENGE_SUCCEEDED', verificationMethod })

/** The user's authenticators, as the page shows them. */
async function expectEnrolled(page: Page, label: string) {
  await expectOutcome(page, /^The user can now/, { state: 'CHALLENGE_SUCCEEDED' })
  const after = page.getByRole('heading', { name: 'After' }).locator('xpath=..').getByRole('listitem')
  expect(await after.locator('span').allTextContents()).toEqual(['WhatsApp', label])
}

describe('by magic link', () => {
  /** Opens the newest link on the phone, once it has got that many, and confirms on the page behind it. */
  async function followLink(page: Page, count = 1) {
    const messages = onPhone(page).getByRole('list', { name: 'Messages' }).getByRole('listitem')
    await messages.nth(count - 1).waitFor()
    const links = messages.first().getByRole('link', { name: 'Open link' })
    const [mail] = await Promise.all([page.waitForEvent('popup'), links.first().click()])
    await mail.getByRole('button', { name: 'Yes, it is me' }).click()
    await mail.getByText('You are verified').waitFor()
    await mail.close()
  }

  test('a user who took too long adds an address, and confirms a payment with a link that was sent anew', async ({
    page,
  }) => {
    await open(page, 'Magic link')
    await press(page, 'Send link')
    await page.getByText('Waiting for the link to be opened').waitFor()
    await tap(page, 'Skip 10 minutes')
    const alert = page.getByRole('alert').filter({ hasText: 'expired_token' })
    await alert.getByRole('button', { name: 'Start again' }).click()
    await press(page, 'Send link')
    await followLink(page, 2)
    await expectEnrolled(page, 'Magic link')

    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Send the payment')
    await press(page, 'Send a new link')
    await followLink(page, 4)
    await expectConfirmed(page, 'EMAIL_MAGIC_LINK')
    const calls = await callsMade(page)
    expect(calls.slice(calls.lastIndexOf('track'))).toEqual([
      'track',
      'setToken',
      'emailML.challenge',
      'emailML.checkVerificationStatus',
      'emailML.challenge',
      'validateChallenge',
    ])
  })
})

describe('by authenticator app', () => {
  const codeInApp = async (page: Page) => {
    const account = onPhone(page).getByRole('list', { name: 'Accounts' }).getByRole('listitem').first()
    return (await account.locator('code').textContent())!
  }

  test('a user scans the secret with the phone, and confirms a payment with the next code', async ({
    page,
  }) => {
    await open(page, 'Authenticator app')
    await press(page, 'Set up an app')
    await press(page, 'Scan with the phone')
    const code = await codeInApp(page)
    await enterCode(page, code)
    await expectEnrolled(page, 'Authenticator app')

    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Send the payment')
    await enterCode(page, code)
    await page.getByText('Each works once').waitFor()
    await tap(page, 'Skip to the next code')
    await press(page, /^Use \d{6} from the phone/)
    await press(page, 'Verify')
    await expectConfirmed(page, 'AUTHENTICATOR_APP')
  })

  test('a user types the key into an app of their own', async ({ page }) => {
    await open(page, 'Authenticator app')
    await press(page, 'Set up an app')
    const key = await page.getByRole('main').locator('.qr-text code').textContent()
    const app = URI.parse(`otpauth://totp/demo?secret=${key!.replaceAll(' ', '')}`) as TOTP
    await enterCode(page, app.generate())
    await expectEnrolled(page, 'Authenticator app')
  })
})

describe('by push', () => {
  test('a user rejects on the phone, and approves the next time', async ({ page }) => {
    await open(page, 'Push')
    await press(page, 'Send the payment')
    await actOnPhone(page, 'Reject')
    await result(page, /^Rejected on the phone/)

    await press(page, 'Start again')
    await press(page, 'Send the payment')
    await actOnPhone(page, 'Approve')
    await expectConfirmed(page, 'PUSH')
  })

  test('a request waits behind its mark while the user is busy with the phone', async ({ page }) => {
    await open(page, 'Push')
    const [phone] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Phone in its own window' }).click(),
    ])
    await phone.getByRole('tab', { name: 'Codes' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Send the payment' }).dispatchEvent('click')
    await phone.getByRole('tab', { name: 'Approvals new' }).click()
    await tap(phone, 'Approve')
    await expectConfirmed(page, 'PUSH')
  })
})

for (const transport of ['WebSocket', 'Polling'])
  describe(`by QR code over ${transport}`, () => {
    test('a user scans another code and rejects, pastes one and approves, and leaves, which ends it', async ({
      page,
    }) => {
      await open(page, 'QR code')
      await choose(page, 'Transport', transport)
      await press(page, 'Show a QR code')
      const code = page.getByRole('main').locator('.qr-text code')
      const first = await code.textContent()
      await press(page, 'Show another code')
      await expect.poll(() => code.textContent(), { timeout: PATIENCE }).not.toBe(first)

      await actOnPhone(page, 'Scan the code on the screen')
      await page.getByRole('status').filter({ hasText: 'claimed' }).waitFor()
      await actOnPhone(page, 'Reject')
      await result(page, /^Rejected on the phone/)

      await press(page, 'Start again')
      await press(page, 'Show a QR code')
      await onPhone(page)
        .getByLabel(/paste what it holds/)
        .fill((await code.textContent())!)
      await actOnPhone(page, 'Scan')
      await actOnPhone(page, 'Approve')
      await expectOutcome(page, /^Signed in as/, {
        state: 'CHALLENGE_SUCCEEDED',
        verificationMethod: 'DEVICE',
      })

      await press(page, 'Start again')
      await press(page, 'Show a QR code')
      await page.getByRole('button', { name: 'Scan the code on the screen' }).waitFor()
      await goToScenario(page, 'Push')
      await page.getByRole('button', { name: 'Scan the code on the screen' }).waitFor({ state: 'hidden' })
      expect((await callsMade(page)).slice(-2)).toEqual(['qrCode.challenge', 'qrCode.disconnect'])
    })
  })

interface Authenticator {
  readonly cdp: CDPSession
  readonly authenticatorId: string
}

type AuthenticatorOptions = Parameters<typeof plugIn>[1]

/** Gives the browser a device, or a key, that performs every ceremony. */
async function plugIn(
  page: Page,
  options:
    | { protocol: 'ctap2'; transport: 'internal' | 'usb'; isUserVerified: boolean }
    | { protocol: 'u2f'; transport: 'usb'; isUserVerified: false },
): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const isDevice = options.transport === 'internal'
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...options,
      hasResidentKey: isDevice,
      hasUserVerification: isDevice,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, authenticatorId }
}

const DEVICE: AuthenticatorOptions = { protocol: 'ctap2', transport: 'internal', isUserVerified: true }

describe('by passkey', () => {
  async function addPasskey(page: Page) {
    await open(page, 'Passkey')
    await press(page, 'Add a passkey')
    await press(page, 'Make the passkey')
    await expectEnrolled(page, 'Passkey')
  }

  test('a user adds one, confirms a payment, and signs in by a button, then by the field, without a user name', async ({
    page,
  }) => {
    await plugIn(page, DEVICE)
    await addPasskey(page)
    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Send the payment')
    await press(page, 'Confirm with the passkey')
    await expectConfirmed(page, 'PASSKEY')
    const signedIn = { state: 'CHALLENGE_SUCCEEDED', verificationMethod: 'PASSKEY' }
    await choose(page, 'What to do', 'Sign in')
    await press(page, 'Sign in with a passkey')
    await expectOutcome(page, /^Signed in as/, signedIn)
    await choose(page, 'What to do', 'Autofill')
    await expectOutcome(page, /^Signed in as/, signedIn)
    expect((await callsMade(page)).filter(name => name === 'passkey.signIn')).toHaveLength(3)
  })

  test('a user without one adds it first, and may try again after not having unlocked the device', async ({
    page,
  }) => {
    const { cdp, authenticatorId } = await plugIn(page, { ...DEVICE, isUserVerified: false })
    await open(page, 'Passkey')
    await choose(page, 'What to do', 'Step-up')
    await press(page, 'Enrol first')
    await press(page, 'Add a passkey')
    await press(page, 'Make the passkey')
    await page.getByRole('alert').filter({ hasText: 'Nothing has changed' }).waitFor()
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    await press(page, 'Make the passkey')
    await expectEnrolled(page, 'Passkey')
  })
})

describe('by security key', () => {
  for (const protocol of ['u2f', 'ctap2'] as const)
    test(`a user enrols a ${protocol} key and confirms a payment`, async ({ page }) => {
      await plugIn(page, { protocol, transport: 'usb', isUserVerified: false } as AuthenticatorOptions)
      await open(page, 'Security key')
      await press(page, 'Add a security key')
      await press(page, 'Enrol the key')
      await expectEnrolled(page, 'Security key')
      await choose(page, 'What to do', 'Step-up')
      await press(page, 'Send the payment')
      await press(page, 'Use the key')
      await expectConfirmed(page, 'SECURITY_KEY')
    })
})

/**
 * The virtual device of a page: Chromium keeps passkeys on it, and uses them without a prompt.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */

import type { CDPSession, Page } from '@playwright/test'
import type { Passkey } from './software-key.js'

export interface Device {
  keep(passkey: Passkey): Promise<void>
}

export async function createDevice(page: Page): Promise<Device> {
  const session = await sessionOf(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    async keep(passkey) {
      const credential = { ...passkey, isResidentCredential: true, signCount: 0 }
      await session.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
  }
}

function sessionOf(page: Page): Promise<CDPSession> {
  return page
    .context()
    .newCDPSession(page)
    .catch(cause => {
      throw new Error('Only Chromium has virtual devices for passkeys', { cause })
    })
}

/**
 * The virtual device of a page: Chromium keeps passkeys on it, and uses them without a prompt.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */

import type { Passkey } from './software-key.js'

/** A page of Chromium, of Playwright or playwright-core. */
export interface ChromiumPage {
  /** The context of the page, which opens a session of the DevTools protocol. */
  context(): { newCDPSession(page: never): Promise<DevToolsSession> }
}

/** A session of the DevTools protocol. */
export interface DevToolsSession {
  /** Sends a command, and resolves with its result. */
  send(command: string, params?: object): Promise<unknown>
}

export interface Device {
  keep(passkey: Passkey): Promise<void>
}

const devices = new WeakMap<ChromiumPage, Promise<Device>>()

/** The device of the page, which it has from now on. */
export function deviceOf(page: ChromiumPage): Promise<Device> {
  const device = devices.get(page) ?? createDevice(page)
  devices.set(page, device)
  return device
}

async function createDevice(page: ChromiumPage): Promise<Device> {
  const session = await sessionOf(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = (await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })) as { readonly authenticatorId: string }
  return {
    async keep(passkey) {
      const credential = { ...passkey, isResidentCredential: true, signCount: 0 }
      await session.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
  }
}

function sessionOf(page: ChromiumPage): Promise<DevToolsSession> {
  return page
    .context()
    .newCDPSession(page as never)
    .catch(cause => {
      throw new Error('Only Chromium has virtual devices for passkeys', { cause })
    })
}

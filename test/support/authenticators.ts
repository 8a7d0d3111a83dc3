/**
 * Authenticators that Chromium makes up: that of the device itself, and keys to plug in.
 *
 * By default its user touches it and is verified by it.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 * @module
 */
import type { CDPSession, Page } from 'playwright-core'

const KINDS = {
  /** What keeps passkeys in a phone or computer. */
  device: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
  /** A security key of today; it can keep passkeys too. */
  key: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true },
  /** A security key of before passkeys. */
  u2fKey: { protocol: 'u2f', transport: 'usb', hasResidentKey: false, hasUserVerification: false },
} as const

export type AuthenticatorKind = keyof typeof KINDS

export interface VirtualAuthenticator {
  /** The credentials that it keeps, as pages name them. */
  credentialIds(): Promise<string[]>
  /** Whether the user touches it on request; otherwise it waits without a limit. */
  setPresence(isPresent: boolean): Promise<void>
  /** Whether fingerprint, face or PIN are the user's; otherwise the user is refused. */
  setVerified(isVerified: boolean): Promise<void>
  /** Copies what it keeps to another one, whose counters begin anew: a clone. */
  copyTo(other: VirtualAuthenticator): Promise<void>
  /** The ID that Chromium knows it by. */
  readonly authenticatorId: string
  /** It can no longer be used. */
  unplug(): Promise<void>
}

const sessions = new WeakMap<Page, Promise<CDPSession>>()

export async function plugIn(page: Page, kind: AuthenticatorKind): Promise<VirtualAuthenticator> {
  const session = await sessionOf(page)
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...KINDS[kind], isUserVerified: true, automaticPresenceSimulation: true },
  })
  return {
    async credentialIds() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.map(({ credentialId }) => Buffer.from(credentialId, 'base64').toString('base64url'))
    },
    async setPresence(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    async setVerified(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    async copyTo(other) {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      for (const credential of credentials) {
        await session.send('WebAuthn.addCredential', {
          authenticatorId: other.authenticatorId,
          // A key older than passkeys does not store where it was used.
          credential: { rpId: 'localhost', ...credential, signCount: 0 },
        })
      }
    },
    authenticatorId,
    async unplug() {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
  }
}

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? start(page)
  sessions.set(page, session)
  return session
}

async function start(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  return session
}

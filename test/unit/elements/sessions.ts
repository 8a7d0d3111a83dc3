/** What the service says about a session, for tests of the hosted UI. */
import type { Authenticator } from 'authsignal-channels'
import type { Session } from '../../../src/elements/challenge/session.js'

export function authenticator(
  verificationMethod: Authenticator['verificationMethod'],
  details: Partial<Authenticator> = {},
): Authenticator {
  return {
    userAuthenticatorId: verificationMethod,
    verificationMethod,
    createdAt: '2030-01-31T09:00:00.000Z',
    ...details,
  }
}

export const SMS = authenticator('SMS', { phoneNumber: '+44*****123' })
export const EMAIL = authenticator('EMAIL_OTP', { email: 'j***@example.com' })

/** One of each kind that can be added on the page. */
export const EVERYTHING = [
  SMS,
  EMAIL,
  authenticator('EMAIL_MAGIC_LINK'),
  authenticator('AUTHENTICATOR_APP'),
  authenticator('PASSKEY'),
  authenticator('SECURITY_KEY'),
]

export const ALL_SCOPES = [
  'read:authenticators',
  'add:authenticators',
  'update:authenticators',
  'remove:authenticators',
]

/** A user with SMS and e-mail, who has to complete a challenge. */
export function enrolled(differences: Partial<Session> = {}): Session {
  return {
    state: 'CHALLENGE_REQUIRED',
    actionCode: 'pay',
    scopes: ['read:authenticators'],
    isEnrolled: true,
    verificationMethods: ['SMS', 'EMAIL_OTP'],
    authenticators: [SMS, EMAIL],
    smsOptIn: false,
    redirectToSettings: false,
    ...differences,
  }
}

/** A user with nothing yet. */
export function notEnrolled(differences: Partial<Session> = {}): Session {
  return {
    state: 'ALLOW',
    actionCode: 'pay',
    scopes: ['read:authenticators'],
    isEnrolled: false,
    verificationMethods: ['SMS', 'WHATSAPP', 'EMAIL_OTP'],
    authenticators: [],
    smsOptIn: false,
    redirectToSettings: false,
    ...differences,
  }
}

/** A user with one authenticator of this kind, who has to complete a challenge. */
export function enrolledBy(only: Authenticator, differences: Partial<Session> = {}): Session {
  return enrolled({ authenticators: [only], verificationMethods: [only.verificationMethod], ...differences })
}

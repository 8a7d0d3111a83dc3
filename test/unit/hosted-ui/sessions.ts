/** What the service says about a session, for tests of the hosted UI. */
import type { Authenticator } from 'authsignal-channels'
import type { ChallengeOptions } from '../../../demo/hosted-ui/session.js'

export function authenticator(
  verificationMethod: Authenticator['verificationMethod'],
  contact: Pick<Authenticator, 'email' | 'phoneNumber'> = {},
): Authenticator {
  return {
    userAuthenticatorId: verificationMethod,
    verificationMethod,
    createdAt: '2030-01-31T09:00:00.000Z',
    ...contact,
  }
}

export const SMS = authenticator('SMS', { phoneNumber: '+44*****123' })
export const EMAIL = authenticator('EMAIL_OTP', { email: 'j***@example.com' })

/** A user with SMS and e-mail, who has to complete a challenge. */
export function enrolled(differences: Partial<ChallengeOptions> = {}): ChallengeOptions {
  return {
    state: 'CHALLENGE_REQUIRED',
    scopes: ['read:authenticators'],
    isEnrolled: true,
    verificationMethods: ['SMS', 'EMAIL_OTP'],
    authenticators: [SMS, EMAIL],
    smsOptIn: false,
    ...differences,
  }
}

/** A user with nothing yet. */
export function notEnrolled(differences: Partial<ChallengeOptions> = {}): ChallengeOptions {
  return {
    state: 'ALLOW',
    scopes: ['read:authenticators'],
    isEnrolled: false,
    verificationMethods: ['SMS', 'WHATSAPP', 'EMAIL_OTP'],
    authenticators: [],
    smsOptIn: false,
    ...differences,
  }
}

/**
 * The ways to prove who one is. Those that send something have one row each, and everything else is shared.
 */

const MINUTE = 60_000

export type ContactField = 'phoneNumber' | 'email'

/** Where a message arrives: the three kinds of inbox the emulator has. */
export type MessageChannel = 'SMS' | 'WHATSAPP' | 'EMAIL'

export interface Limit {
  readonly count: number
  readonly windowMs: number
}

/** A method that sends something to a phone number or e-mail address. */
export interface ContactMethod {
  readonly name: 'SMS' | 'WHATSAPP' | 'EMAIL_OTP' | 'EMAIL_MAGIC_LINK'
  /** Its name in Client API paths. */
  readonly path: 'sms' | 'whatsapp' | 'email-otp' | 'email-magic-link'
  readonly channel: MessageChannel
  readonly contact: ContactField
  /** Whether the Client API has an enrolment call for it (contract 3.2 to 3.5). */
  readonly clientEnrolment: boolean
  readonly sends: Limit
}

/** A method that sends a code, which the user types. */
export interface OtpMethod extends ContactMethod {
  readonly name: Exclude<ContactMethod['name'], 'EMAIL_MAGIC_LINK'>
  readonly verifies: Limit
}

/** How often a code may be tried, of an authenticator app too (contract 7). */
export const VERIFIES: Limit = { count: 10, windowMs: 5 * MINUTE }

export const OTP_METHODS: readonly OtpMethod[] = [
  {
    name: 'SMS',
    path: 'sms',
    channel: 'SMS',
    contact: 'phoneNumber',
    clientEnrolment: true,
    sends: { count: 6, windowMs: 10 * MINUTE },
    verifies: VERIFIES,
  },
  {
    name: 'WHATSAPP',
    path: 'whatsapp',
    channel: 'WHATSAPP',
    contact: 'phoneNumber',
    clientEnrolment: false,
    // CHOOSE: contract 7 (no WhatsApp limits are documented).
    sends: { count: 6, windowMs: 10 * MINUTE },
    verifies: VERIFIES,
  },
  {
    name: 'EMAIL_OTP',
    path: 'email-otp',
    channel: 'EMAIL',
    contact: 'email',
    clientEnrolment: true,
    sends: { count: 12, windowMs: 10 * MINUTE },
    verifies: VERIFIES,
  },
]

export const MAGIC_LINK: ContactMethod = {
  name: 'EMAIL_MAGIC_LINK',
  path: 'email-magic-link',
  channel: 'EMAIL',
  contact: 'email',
  clientEnrolment: true,
  sends: { count: 12, windowMs: 10 * MINUTE },
}

export const CONTACT_METHODS: readonly ContactMethod[] = [...OTP_METHODS, MAGIC_LINK]

export type ContactMethodName = ContactMethod['name']

/** Every method a user can have an authenticator of. */
export type EnrollableMethod = ContactMethodName | 'AUTHENTICATOR_APP' | 'PASSKEY' | 'SECURITY_KEY' | 'PUSH'

/** Every method a challenge can be completed with. CHOOSE: `DEVICE` for a QR code; contract 3.1. */
export type VerificationMethod = EnrollableMethod | 'DEVICE'

export const ENROLLABLE_METHODS: readonly EnrollableMethod[] = [
  ...CONTACT_METHODS.map(({ name }) => name),
  'AUTHENTICATOR_APP',
  'PASSKEY',
  'SECURITY_KEY',
  'PUSH',
]

export const contactMethod = (name: ContactMethodName) =>
  CONTACT_METHODS.find(method => method.name === name)!

export const otpMethod = (name: string) => OTP_METHODS.find(method => method.name === name)

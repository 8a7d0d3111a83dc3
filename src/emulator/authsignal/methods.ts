/**
 * The verification methods. Methods that send a message have one row each, which holds all that differs.
 */

import type { MessageChannel } from '../lib/inbox.js'
import type { Limit } from '../lib/limits.js'

const MINUTE = 60_000

export type ContactField = 'phoneNumber' | 'email'

/** A method that sends something to a phone number or e-mail address. */
export interface ContactMethod {
  readonly name: 'SMS' | 'WHATSAPP' | 'EMAIL_OTP' | 'EMAIL_MAGIC_LINK'
  /** Its name in Client API paths. */
  readonly path: 'sms' | 'whatsapp' | 'email-otp' | 'email-magic-link'
  readonly channel: MessageChannel
  readonly contact: ContactField
  /** Whether the Client API has an enrolment call for it. */
  readonly clientEnrolment: boolean
  /** How often a code or link may be sent to one user, or to one contact while no user is known. */
  readonly sends: Limit
}

/** A method that sends a one-time code. */
export interface OtpMethod extends ContactMethod {
  readonly name: Exclude<ContactMethod['name'], 'EMAIL_MAGIC_LINK'>
  readonly verifies: Limit
}

/** How often a user may try a code of one method. Codes of authenticator apps count the same way. */
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
    // Upstream documents no limit for WhatsApp; this is the one for SMS.
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

export const CONTACT_METHOD_NAMES: readonly ContactMethodName[] = CONTACT_METHODS.map(({ name }) => name)

/** The methods that use a WebAuthn credential. */
export type CredentialMethod = 'PASSKEY' | 'SECURITY_KEY'

/** Every method a user can enrol. */
export type EnrollableMethod = ContactMethodName | 'AUTHENTICATOR_APP' | CredentialMethod | 'PUSH'

/** Every method that can complete a challenge. `DEVICE` is a QR code; upstream does not document its name. */
export type VerificationMethod = EnrollableMethod | 'DEVICE'

export const ENROLLABLE_METHODS: readonly EnrollableMethod[] = [
  ...CONTACT_METHOD_NAMES,
  'AUTHENTICATOR_APP',
  'PASSKEY',
  'SECURITY_KEY',
  'PUSH',
]

export const contactMethod = (name: ContactMethodName) =>
  CONTACT_METHODS.find(method => method.name === name)!

export const otpMethod = (name: string) => OTP_METHODS.find(method => method.name === name)

/** A phone number in E.164 form. */
export const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/

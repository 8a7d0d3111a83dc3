/**
 * The one-time code methods: one row each, and everything else is shared.
 */

const MINUTE = 60_000

export type ContactField = 'phoneNumber' | 'email'

/** Where a message arrives: the three kinds of inbox the emulator has. */
export type MessageChannel = 'SMS' | 'WHATSAPP' | 'EMAIL'

export interface Limit {
  readonly count: number
  readonly windowMs: number
}

export interface OtpMethod {
  readonly name: 'SMS' | 'WHATSAPP' | 'EMAIL_OTP'
  /** Its name in Client API paths. */
  readonly path: 'sms' | 'whatsapp' | 'email-otp'
  readonly channel: MessageChannel
  readonly contact: ContactField
  /** Whether the Client API has an enrolment call for it (contract 3.2 to 3.4). */
  readonly clientEnrolment: boolean
  readonly sends: Limit
  readonly verifies: Limit
}

const VERIFIES = { count: 10, windowMs: 5 * MINUTE }

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

/** Every method the emulator can challenge with. */
export type VerificationMethod = OtpMethod['name']

export const otpMethod = (name: VerificationMethod) => OTP_METHODS.find(method => method.name === name)!

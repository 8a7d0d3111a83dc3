/**
 * The ways to prove who one is that this page offers: one entry each, and nothing elsewhere knows
 * them by name.
 *
 * Which of them a user is offered is decided in `plan.ts`.
 *
 * @module
 */

import type {
  AuthsignalResponse,
  ChallengeResponse,
  EnrollResponse,
  VerifyResponse,
} from 'authsignal-channels'
import { emailAddress, phoneNumber } from './input.js'
import type { HostedClient } from './session.js'

export interface Method {
  /** The name that the API knows it by. */
  readonly id: 'SMS' | 'WHATSAPP' | 'EMAIL_OTP'
  /** Its name in the list of methods. */
  readonly label: string
  /** As in "We sent a code to … by text message". */
  readonly by: string
  readonly icon: 'message' | 'whatsapp' | 'mail'
  /** What codes are sent to, by its name in the user's and authenticators' data. */
  readonly contact: 'phoneNumber' | 'email'
  /** Sends a code to the user's number or address, as the service knows it. */
  send(client: HostedClient): Promise<AuthsignalResponse<ChallengeResponse>>
  verify(client: HostedClient, code: string): Promise<AuthsignalResponse<VerifyResponse>>
  /** How a user adds a number or address of their own; absent when the app has to name it. */
  readonly enrolment?: Enrolment
}

export interface Enrolment {
  readonly title: string
  readonly lead: string
  readonly field: Field
  /** Adds what was typed as the user's, and sends a code to it. */
  enroll(client: HostedClient, value: string): Promise<AuthsignalResponse<EnrollResponse>>
  /** What has to be agreed to before the first code, where the tenant asks for it. */
  readonly consent?: string
}

/** The one input of an enrolment. */
export interface Field {
  readonly label: string
  readonly hint?: string
  readonly attributes: { readonly type: 'tel' } | { readonly type: 'email' }
  /** The value to send, or `undefined` when what was typed cannot be one. */
  parse(typed: string): string | undefined
  /** What to say when it cannot. */
  readonly invalid: string
  /** What to say when the service does not take the value. */
  readonly refused: string
}

export const METHODS: readonly Method[] = [
  {
    id: 'SMS',
    label: 'Text message',
    by: 'by text message',
    icon: 'message',
    contact: 'phoneNumber',
    send: client => client.sms.challenge(),
    verify: (client, code) => client.sms.verify({ code }),
    enrolment: {
      title: 'Add your phone number',
      lead: 'We will text you a code to check that the number is yours.',
      field: {
        label: 'Phone number',
        hint: 'With the country code, like +44\u00a07700\u00a0900123.',
        attributes: { type: 'tel' },
        parse: phoneNumber,
        invalid: 'Enter a phone number that starts with + and the country code.',
        refused: 'We cannot send a code to this number. Check it, or use a different one.',
      },
      enroll: (client, value) => client.sms.enroll({ phoneNumber: value }),
      consent:
        'I agree to get verification codes by text message at this number. Message and data rates may apply.',
    },
  },
  {
    id: 'WHATSAPP',
    label: 'WhatsApp',
    by: 'by WhatsApp',
    icon: 'whatsapp',
    contact: 'phoneNumber',
    send: client => client.whatsapp.challenge(),
    verify: (client, code) => client.whatsapp.verify({ code }),
  },
  {
    id: 'EMAIL_OTP',
    label: 'Email',
    by: 'by email',
    icon: 'mail',
    contact: 'email',
    send: client => client.email.challenge(),
    verify: (client, code) => client.email.verify({ code }),
    enrolment: {
      title: 'Add your email address',
      lead: 'We will email you a code to check that the address is yours.',
      field: {
        label: 'Email address',
        attributes: { type: 'email' },
        parse: emailAddress,
        invalid: 'Enter an email address, like name@example.com.',
        refused: 'We cannot send a code to this address. Check it, or use a different one.',
      },
      enroll: (client, value) => client.email.enroll({ email: value }),
    },
  },
]

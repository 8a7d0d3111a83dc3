/**
 * How a user adds a method by a phone number or email address, which is then proved with what is sent there. Loaded when
 * a user adds one.
 *
 * @module
 */

import type { Result } from 'authsignal-channels'
import type { ChallengeClient } from '../session.js'
import { emailAddress, phoneNumber } from './input.js'
import type { Method } from './kinds.js'

export interface ContactEnrolment {
  /** The keys of its texts start with this. */
  readonly name: 'sms' | 'email' | 'emailML'
  readonly field: 'phoneNumber' | 'emailAddress'
  /** Not `type`: style sheets of pages often have rules for it, which count as much as a rule for a hook. */
  readonly attributes: Readonly<Record<'name' | 'autocomplete' | 'inputMode', 'tel' | 'email'>>
  /** Whether the user has to agree to messages before the first code, if the tenant requires it. */
  readonly consent?: true
  /** The value to send, or `undefined` when the input is not valid. */
  parse(typed: string): string | undefined
  /** Adds the number or address, and sends the first code or link to it. */
  enroll(client: ChallengeClient, value: string): Promise<Result<object>>
}

const EMAIL = {
  field: 'emailAddress',
  attributes: { name: 'email', autocomplete: 'email', inputMode: 'email' },
  parse: emailAddress,
} as const

/** By the name of the method. */
export const CONTACTS: { readonly [Name in Method['name']]?: ContactEnrolment } = {
  sms: {
    name: 'sms',
    field: 'phoneNumber',
    consent: true,
    attributes: { name: 'tel', autocomplete: 'tel', inputMode: 'tel' },
    parse: phoneNumber,
    enroll: (client, value) => client.sms.enroll({ phoneNumber: value }),
  },
  email: { ...EMAIL, name: 'email', enroll: (client, value) => client.email.enroll({ email: value }) },
  emailML: { ...EMAIL, name: 'emailML', enroll: (client, value) => client.emailML.enroll({ email: value }) },
}

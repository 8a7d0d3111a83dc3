/**
 * The three kinds of methods: the user enters a code, the user does something elsewhere, or the browser
 * runs a WebAuthn ceremony.
 *
 * The methods themselves are in `catalogue.ts`.
 *
 * @module
 */

import type { EnrollTotpResponse, Result, VerificationMethod, VerifyResponse } from 'authsignal-channels'
import type { ChallengeClient, Session } from '../session.js'
import type { ChallengeMessages } from '../wording/catalogue.js'

export type Method = CodeMethod | WaitMethod | CeremonyMethod

interface Common {
  /** Its name in the API. */
  readonly id: VerificationMethod
  /** Its texts, in English. */
  readonly english: ChallengeMessages
  readonly icon: 'message' | 'whatsapp' | 'mail' | 'link' | 'app' | 'passkey' | 'key' | 'phone'
  /** What messages are sent to: a field of the user and of the authenticator. */
  readonly contact?: 'phoneNumber' | 'email'
  /** Whether a user can have more than one. */
  readonly several?: true
}

/** The user enters a code. */
export interface CodeMethod extends Common {
  readonly kind: 'code'
  /** Its name among the channels, with which the keys of its texts start. */
  readonly name: 'sms' | 'whatsapp' | 'email' | 'totp'
  /** Sends a code to the user's enrolled number or address; absent when an app makes the codes. */
  send?(client: ChallengeClient): Promise<Result<Sent>>
  verify(client: ChallengeClient, code: string): Promise<Result<VerifyResponse>>
  /** How a user adds one; absent when the app has to name the number. */
  readonly enrolment?: ContactEnrolment | AppEnrolment
}

/** The user gets a link or request and responds elsewhere. The screen waits for the result. */
export interface WaitMethod extends Common {
  readonly kind: 'wait'
  readonly name: 'emailML' | 'push'
  send(client: ChallengeClient, session: Session): Promise<Result<Sent>>
  /** Resolves when the user has responded; `isVerified: false` means rejected. */
  wait(client: ChallengeClient, sent: Sent, signal: AbortSignal): Promise<Result<VerifyResponse>>
  readonly enrolment?: ContactEnrolment
}

export interface Sent {
  readonly challengeId?: string
}

/** The browser prompts the user. */
export interface CeremonyMethod extends Common {
  readonly kind: 'ceremony'
  readonly name: 'passkey' | 'securityKey'
  /** Whether this device is ready for it. */
  isHere?(client: ChallengeClient, userId: string): Promise<boolean>
  readonly challenge: Ceremony
  readonly enrolment: Ceremony
}

export interface Ceremony {
  /** Has to be called from a click. Throws the errors of the browser. */
  perform(client: ChallengeClient, signal: AbortSignal): Promise<Result<Proof>>
}

/** A completed proof, with the token that the app's backend validates. */
export interface Proof {
  readonly token?: string
}

/** The user enters a number or address, and proves it with what is sent there. */
export interface ContactEnrolment {
  readonly kind: 'contact'
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

/** The user's authenticator app gets a secret, and makes codes from it. */
export interface AppEnrolment {
  readonly kind: 'app'
  enroll(client: ChallengeClient): Promise<Result<EnrollTotpResponse>>
}

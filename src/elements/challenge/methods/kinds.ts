/**
 * What the page has to know of a way to prove who one is.
 *
 * There are three kinds: a code is typed, the page waits for what happens elsewhere, or the browser
 * performs a ceremony. The methods themselves are in `methods.ts`.
 *
 * @module
 */

import type {
  Result,
  EnrollTotpResponse,
  VerificationMethod,
  VerifyResponse,
} from 'authsignal-channels'
import type { ChallengeOptions, HostedClient } from '../session.js'

export type Method = CodeMethod | WaitMethod | CeremonyMethod

interface Common {
  /** The name that the API knows it by. */
  readonly id: VerificationMethod
  /** Its name in the list of methods. */
  readonly label: string
  /** What it takes, in the list, where there is nothing to say of the user's own. */
  readonly hint?: string
  /** One of it in a sentence, as in "Remove this passkey?". */
  readonly noun: string
  readonly icon: 'message' | 'whatsapp' | 'mail' | 'link' | 'app' | 'passkey' | 'key' | 'phone'
  /** What messages are sent to, by its name in the user's and authenticators' data. */
  readonly contact?: 'phoneNumber' | 'email'
  /** Whether a user can do with more than one of it. */
  readonly several?: true
}

/** The user types a code. */
export interface CodeMethod extends Common {
  readonly kind: 'code'
  /** How the code gets to the user, or what to do to see it. */
  readonly codes: CodeDelivery | { readonly instruction: string }
  /** What to say of a code that is not the right one. */
  readonly wrong: string
  verify(client: HostedClient, code: string): Promise<Result<VerifyResponse>>
  /** How a user adds one of their own; absent when the app has to name it. */
  readonly enrolment?: ContactEnrolment | AppEnrolment
}

export interface CodeDelivery {
  /** As in "We sent a code to … by text message". */
  readonly by: string
  /** Sends a code to the user's number or address, as the service knows it. */
  send(client: HostedClient): Promise<Result<object>>
}

/** The user is sent something to answer elsewhere, and the page waits for that. */
export interface WaitMethod extends Common {
  readonly kind: 'wait'
  readonly title: string
  readonly sends: { readonly one: string; readonly many: string }
  /** Who it is sent to when that has no name. */
  readonly to: string
  /** What the user is to do with it. */
  readonly instruction: string
  readonly waiting: string
  readonly resend: string
  readonly resent: string
  send(client: HostedClient, options: ChallengeOptions): Promise<Result<Sent>>
  /** Answers once the user has; `isVerified: false` is a no. */
  wait(client: HostedClient, sent: Sent, signal: AbortSignal): Promise<Result<VerifyResponse>>
  readonly enrolment?: ContactEnrolment
}

export interface Sent {
  readonly challengeId?: string
}

/** The browser asks the user, and answers for them. */
export interface CeremonyMethod extends Common {
  readonly kind: 'ceremony'
  readonly challenge: Ceremony
  readonly enrolment: CeremonyEnrolment
}

export interface Ceremony {
  readonly title: string
  readonly lead: string
  readonly button: string
  /** Has to be called from a click. Throws what the browser throws. */
  perform(client: HostedClient, signal: AbortSignal): Promise<Result<Proof>>
}

/** What any completed proof brings: the token that the app's backend validates. */
export interface Proof {
  readonly token?: string
}

export type Enrolment = ContactEnrolment | AppEnrolment | CeremonyEnrolment

/** The user names a number or address, and answers what is sent to it. */
export interface ContactEnrolment {
  readonly kind: 'contact'
  readonly title: string
  readonly lead: string
  readonly field: Field
  readonly submit: string
  /** Adds what was typed as the user's, and sends to it what has to be answered. */
  enroll(client: HostedClient, value: string): Promise<Result<object>>
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

/** The user's app is given a secret, and shows codes from then on. */
export interface AppEnrolment {
  readonly kind: 'app'
  readonly title: string
  readonly lead: string
  enroll(client: HostedClient): Promise<Result<EnrollTotpResponse>>
}

export interface CeremonyEnrolment extends Ceremony {
  readonly kind: 'ceremony'
}

/**
 * The kinds of methods: the user enters a code, does something elsewhere, or scans a QR code, or the browser runs a
 * WebAuthn ceremony.
 *
 * The methods themselves are in `catalogue.ts`.
 *
 * @module
 */

import type { Result, VerificationMethod, VerifyResponse } from 'authsignal-channels'
import type { Icon } from '../screens/icon.js'
import type { ChallengeClient, Session } from '../session.js'
import type { ChallengeMessages } from '../wording/catalogue.js'

export type Method = CodeMethod | WaitMethod | CeremonyMethod | ScanMethod

interface Common {
  /** Its name in the API. */
  readonly id: VerificationMethod
  /** Its texts, in English. */
  readonly english: ChallengeMessages
  readonly icon: Icon
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
  /** Whether a user can add one here, see `enrolments.ts`. Otherwise the app has to name the number. */
  readonly enrolment?: true
}

/** The user gets a link or request and responds elsewhere. The screen waits for the result. */
export interface WaitMethod extends Common {
  readonly kind: 'wait'
  readonly name: 'emailML' | 'push'
  send(client: ChallengeClient, session: Session): Promise<Result<Sent>>
  /** Resolves when the user has responded; `isVerified: false` means rejected. */
  wait(client: ChallengeClient, sent: Sent, signal: AbortSignal): Promise<Result<VerifyResponse>>
  /** Whether a user can add one here, see `enrolments.ts`. */
  readonly enrolment?: true
}

export interface Sent {
  readonly challengeId?: string
}

/** The browser prompts the user. */
export interface CeremonyMethod extends Common {
  readonly kind: 'ceremony'
  readonly name: 'passkey' | 'securityKey'
  /** Whether this device is ready for it, for the user of the token. */
  isHere?(client: ChallengeClient, token: string): Promise<boolean>
  readonly enrolment: true
}

/** The user scans a QR code with the app on their phone. The service does not say who has that app: the page does. */
export interface ScanMethod extends Common {
  readonly kind: 'scan'
  readonly name: 'qrCode'
  readonly enrolment?: undefined
}

/** A completed proof, with the token that the app's backend validates. */
export interface Proof {
  readonly token?: string
}

/**
 * The ceremonies with a passkey or security key, by the channels of the SDK. Loaded when a user needs one.
 *
 * @module
 */

import { passkey, type Result, securityKey } from 'authsignal-channels'
import type { ChallengeClient } from '../session.js'
import type { CeremonyMethod, Proof } from './kinds.js'

/** Has to be called from a click. Throws the errors of the browser. */
type Ceremony = (client: ChallengeClient, signal: AbortSignal) => Promise<Result<Proof>>

/** Whether the user verifies with the method, or adds it. */
export type Purpose = 'challenge' | 'enrolment'

/** What runs each ceremony. */
export const PERFORM: Readonly<Record<CeremonyMethod['name'], Readonly<Record<Purpose, Ceremony>>>> = {
  passkey: {
    challenge: ({ session }, signal) => session.add(passkey).signIn({ token: session.token, signal }),
    enrolment: ({ session }, signal) => session.add(passkey).signUp({ signal }),
  },
  securityKey: {
    challenge: ({ session }, signal) => session.add(securityKey).verify({ signal }),
    enrolment: ({ session }, signal) => session.add(securityKey).enroll({ hints: ['security-key'], signal }),
  },
}

/** Whether a passkey of the user was used in this browser. */
export const isPasskeyHere = ({ session }: ChallengeClient, userId: string): Promise<boolean> =>
  session.add(passkey).isAvailableOnDevice({ userId })

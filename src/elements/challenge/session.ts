/**
 * The client of a challenge, and what the service says about the session behind its token.
 *
 * @module
 */

import type { Authenticator, Channel, Result } from 'authsignal-channels'
import {
  type ClientOptions,
  createClient,
  email,
  emailML,
  passkey,
  push,
  securityKey,
  sms,
  totp,
  whatsapp,
} from 'authsignal-channels'

/** What the service says about the user and the action: `challengeOptions` in its response. */
export interface Session {
  readonly state: string
  /** The action that the app tracked. */
  readonly actionCode: string
  readonly scopes: readonly string[]
  readonly isEnrolled: boolean
  /** The methods to verify with; for a user without any, the methods to start with. */
  readonly verificationMethods: readonly string[]
  readonly defaultVerificationMethod?: string
  /** The user's verified authenticators. Numbers and addresses are masked. */
  readonly authenticators: readonly Authenticator[]
  /** What the app knows of the user, for prefilling. */
  readonly user?: { readonly email?: string; readonly phoneNumber?: string }
  /** Whether the user has to consent before the first text message. */
  readonly smsOptIn: boolean
  readonly redirectUrl?: string
  /** Whether a verified user sees the settings before the challenge ends. */
  readonly redirectToSettings: boolean
}

interface SessionChannel {
  /** Loads the session. */
  init(): Promise<Result<{ challengeOptions: Session }>>
  /** Needs the scope `remove:authenticators`. */
  removeAuthenticator(userAuthenticatorId: string): Promise<Result<object>>
  /** The client's current token. */
  readonly token: string | undefined
}

// These calls are not among the channels of the SDK, so they are added as an app would add them.
const session: Channel<SessionChannel> = context => ({
  init: () => context.request('/client/init'),
  removeAuthenticator: id =>
    context.request(`/client/user-authenticators/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  get token() {
    return context.token
  },
})

const channels = { session, sms, whatsapp, email, emailML, totp, passkey, securityKey, push }

export type ChallengeClient = ReturnType<typeof createChallengeClient>

/**
 * Creates a client with every channel that the screens use.
 *
 * @throws {TypeError} When an option is wrong; the message names it.
 */
export const createChallengeClient = (options: ClientOptions) => createClient({ ...options, channels })

/** Whether the token can be sent in an `Authorization` header (RFC 6750, section 2.1). */
export function isBearer(token: string): boolean {
  return /^[\w\-.~+/]+=*$/.test(token)
}

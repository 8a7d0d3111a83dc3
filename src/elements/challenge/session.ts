/**
 * The client of this page, and what the service says about the session behind the token.
 *
 * Loading the session and removing an authenticator are not among the SDK's channels: they are added
 * here, the way any app adds its own.
 *
 * @module
 */

import type { Authenticator, Channel, Result } from 'authsignal-channels'
import {
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
import { jwtDecode } from 'jwt-decode'

/** How the page is to behave for this user and action. */
export interface ChallengeOptions {
  readonly state: string
  /** What the user is about to do, as the app named it. */
  readonly actionCode: string
  readonly scopes: readonly string[]
  readonly isEnrolled: boolean
  /** What the user can be verified with; while nothing is enrolled, what they can begin with. */
  readonly verificationMethods: readonly string[]
  readonly defaultVerificationMethod?: string
  /** The user's verified authenticators, with masked numbers and addresses. */
  readonly authenticators: readonly Authenticator[]
  /** What the app knows, for prefilling. */
  readonly user?: { readonly email?: string; readonly phoneNumber?: string }
  /** Consent is asked for before the first text message. */
  readonly smsOptIn: boolean
  readonly redirectUrl?: string
  /** The app wants the user to see their methods once they have proven who they are. */
  readonly redirectToSettings: boolean
}

interface SessionChannel {
  /** Where the session stands: at the start, and again after each change. */
  init(): Promise<Result<{ challengeOptions: ChallengeOptions }>>
  /** Needs the scope `remove:authenticators`. */
  removeAuthenticator(userAuthenticatorId: string): Promise<Result<object>>
  /** The token that the client uses at the moment. */
  readonly token: string | undefined
}

const session: Channel<SessionChannel> = context => ({
  init: () => context.request('/client/init'),
  removeAuthenticator: id =>
    context.request(`/client/user-authenticators/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  get token() {
    return context.token
  },
})

const channels = { session, sms, whatsapp, email, emailML, totp, passkey, securityKey, push }

export type HostedClient = ReturnType<typeof openSession>

export function openSession(token: string, origin: string) {
  const client = createClient({ tenantId: tenantOf(token), baseUrl: `${origin}/v1`, channels })
  client.setToken(token)
  return client
}

/** The tenant named by the token. Whether the token is good at all is for the service to say. */
function tenantOf(token: string): string {
  try {
    const { other } = jwtDecode<{ other?: { tenantId?: string } }>(token)
    return other?.tenantId || 'unknown'
  } catch {
    return 'unknown'
  }
}

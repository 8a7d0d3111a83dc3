/**
 * The client of this page, and what the service says about the session behind the token.
 *
 * The init call is not one of the SDK's channels: it is added here, the way any app adds its own.
 *
 * @module
 */

import type { Authenticator, AuthsignalResponse, Channel } from 'authsignal-channels'
import { createClient, email, sms, whatsapp } from 'authsignal-channels'
import { jwtDecode } from 'jwt-decode'

/** How the page is to behave for this user and action. */
export interface ChallengeOptions {
  readonly state: string
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
}

interface SessionChannel {
  init(): Promise<AuthsignalResponse<{ challengeOptions: ChallengeOptions }>>
}

const session: Channel<SessionChannel> = ({ request }) => ({ init: () => request('/client/init') })

const channels = { session, sms, whatsapp, email }

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

/**
 * The client of a challenge, and what the service says about the session behind its token.
 *
 * @module
 */

import type {
  Authenticator,
  Channel,
  ChannelContext,
  Client,
  ClientCore,
  EmailChannel,
  EmailMagicLinkChannel,
  PushChannel,
  RequestOptions,
  Result,
  SmsChannel,
  TotpChannel,
  WhatsappChannel,
} from 'authsignal-channels'
import { type ClientOptions, createClient, extendClient } from 'authsignal-channels'

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
  /** Makes a channel that was loaded later, with the token and the settings of the client. */
  add<Api>(channel: (context: ChannelContext) => Api): Api
}

// These calls are not among the channels of the SDK, so they are added as an app would add them.
const session: Channel<SessionChannel> = context => ({
  init: () => context.request('/client/init', { expects: 'challengeOptions' }),
  removeAuthenticator: id =>
    context.request(`/client/user-authenticators/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  get token() {
    return context.token
  },
  add: channel => channel(context),
})

/** The client of a challenge. It has the channels of the methods that the app has. */
export type ChallengeClient = Client<{
  session: SessionChannel
  sms: SmsChannel
  whatsapp: WhatsappChannel
  email: EmailChannel
  emailML: EmailMagicLinkChannel
  totp: TotpChannel
  push: PushChannel
}>

/** A client of the app, to share the token and the settings of. */
export type SharedClient = Pick<ClientCore, 'setToken'>

/**
 * Creates the client of a challenge.
 *
 * @param from A client to share, or the options of a new one.
 * @param channels Those of the methods.
 * @param signal Aborts all requests.
 * @throws {TypeError} When an option is wrong; the message names it.
 */
export function createChallengeClient(
  from: SharedClient | ClientOptions,
  channels: Readonly<Record<string, Channel>>,
  signal: AbortSignal,
): ChallengeClient {
  const abortable = (channel: Channel) => (context: ChannelContext) =>
    channel(
      Object.create(context, {
        request: {
          value: (path: string, options?: RequestOptions) =>
            context.request(path, {
              ...options,
              signal: AbortSignal.any([signal, options?.signal ?? signal]),
            }),
        },
      }),
    )
  const own = Object.fromEntries(
    Object.entries({ ...channels, session }).map(([name, channel]) => [name, abortable(channel)]),
  )
  const client = 'setToken' in from ? extendClient(from, own) : createClient({ ...from, channels: own })
  return client as unknown as ChallengeClient
}

/** Whether the token can be sent in an `Authorization` header (RFC 6750, section 2.1). */
export function isBearer(token: string): boolean {
  return /^[\w\-.~+/]+=*$/.test(token)
}

/** The user in a token, as far as it can be read. The service checks whether the token is valid. */
export function userOf(token: string): string | undefined {
  try {
    const claims = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims.sub === 'string' ? claims.sub : undefined
  } catch {
    return undefined
  }
}

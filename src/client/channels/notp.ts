import type { ChannelContext } from '../context.js'
import { poll } from '../lib/poll.js'
import type { CallOptions, RequestOptions, Service } from '../lib/request.js'
import { isToken } from '../lib/token.js'
import { assert, assertJson, assertText, isText, milliseconds, parseBaseUrl } from '../options.js'
import { fail, type Result, succeed } from '../response.js'

/** Where nOTP is: a Descope project. */
export type NotpSettings = {
  /** The project's ID, from the Descope console. The emulator's is `P2localdemo00000000000000000`. */
  readonly projectId: string
  /**
   * Where Descope's API is: your custom domain, or the emulator's `http://localhost:4010`.
   * Default: Descope's own, in the region that the project ID names.
   */
  readonly baseUrl?: string | undefined
}

/** What is known of a user who signs up. */
export type NotpUserInput = {
  /** Full name. */
  readonly name?: string | undefined
  /** Given name. */
  readonly givenName?: string | undefined
  /** Middle name. */
  readonly middleName?: string | undefined
  /** Family name. */
  readonly familyName?: string | undefined
  /** Phone number in E.164 form. */
  readonly phone?: string | undefined
  /** E-mail address. */
  readonly email?: string | undefined
}

/** Options of `signUp` and `signUpOrIn`. */
export type NotpOptions = CallOptions & {
  /** Claims for the session token, under `nsec` there: your backend must not trust them. */
  readonly customClaims?: Readonly<Record<string, unknown>> | undefined
  /** Another message template than the project's. */
  readonly templateId?: string | undefined
  /** Values for the variables of the template. */
  readonly templateOptions?: Readonly<Record<string, string>> | undefined
  /** The tenant that the session is for. */
  readonly tenantId?: string | undefined
  /** The connector that sends the messages. */
  readonly providerId?: string | undefined
  /** Language of the message, such as `en`. */
  readonly locale?: string | undefined
}

/** Options of `signIn`. */
export type NotpSignInOptions = NotpOptions & {
  /** Confirms the user of the refresh token once more: the new session token says `su: true`. */
  readonly stepup?: boolean | undefined
  /** Adds WhatsApp to how the user of the refresh token has signed in: `amr` then says `mfa`. */
  readonly mfa?: boolean | undefined
  /** Ends the user's other sessions. */
  readonly revokeOtherSessions?: boolean | undefined
  /** Only those of these types. */
  readonly revokeOtherSessionsTypes?: readonly string[] | undefined
}

/** What `updateUser` is given. */
export type NotpUpdateInput = CallOptions & {
  /** The user whose phone number changes. */
  readonly loginId: string
  /** The new number. Default: the one that the WhatsApp message comes from. */
  readonly phone?: string | undefined
  /** Makes the number a login ID, too. */
  readonly addToLoginIDs?: boolean | undefined
  /** For Descope: what to do when another user has this number. */
  readonly onMergeUseExisting?: boolean | undefined
  /** The connector that sends the messages. */
  readonly providerId?: string | undefined
  /** Values for the variables of the template. */
  readonly templateOptions?: Readonly<Record<string, string>> | undefined
  /** Language of the message, such as `en`. */
  readonly locale?: string | undefined
}

/** Options of `waitForSession`. */
export type NotpWaitOptions = CallOptions & {
  /** How long to wait, in milliseconds. Default, also for 0, and at most `600_000`, as Descope's own SDK. */
  readonly timeoutMs?: number | undefined
  /**
   * Delay between a response and the next poll, in milliseconds. Default, also for 0, and at least `1_000`,
   * as Descope's own SDK.
   */
  readonly pollingIntervalMs?: number | undefined
}

/** A login was started: show the picture, or the link, and wait for the message. */
export type NotpStartResponse = {
  /** What to wait for. Keep it in the page: anyone who has it gets the session. */
  readonly pendingRef: string
  /** Opens WhatsApp with the message to send; for phones. */
  readonly redirectUrl: string
  /** The same link as a QR code, a `data:` URL for an `<img>`; for everything else. */
  readonly image: string
}

/** A session of Descope's, for your backend to validate with `@descope/node-sdk`. */
export type NotpSessionResponse = {
  /** Absent when the project hands out sessions by cookie. */
  readonly sessionJwt?: string
  /** Absent when the project hands out sessions by cookie. */
  readonly refreshJwt?: string
  /** The user who has signed in. */
  readonly user: NotpUser
  /** Whether this login created the user. */
  readonly firstSeen: boolean
  /** Further claims. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** When the session token ends, in seconds since 1970. */
  readonly sessionExpiration?: number
  /** When the refresh token ends, in seconds since 1970. */
  readonly cookieExpiration?: number
  /** The same, in seconds from now. */
  readonly cookieMaxAge?: number
  /** Domain of the session cookie. */
  readonly cookieDomain?: string
  /** Path of the session cookie. */
  readonly cookiePath?: string
  /** Name of the session cookie. */
  readonly cookieName?: string
}

/** A user of the Descope project. */
export type NotpUser = {
  /** Descope's ID of the user. */
  readonly userId: string
  /** What the user signs in with, such as a phone number. */
  readonly loginIds: readonly string[]
  /** IDs of the user in other systems. */
  readonly externalIds?: readonly string[]
  /** `"enabled"`, `"disabled"` or `"invited"`. */
  readonly status?: string
  /** Full name. */
  readonly name?: string
  /** Given name. */
  readonly givenName?: string
  /** Middle name. */
  readonly middleName?: string
  /** Family name. */
  readonly familyName?: string
  /** Address of a picture. */
  readonly picture?: string
  /** E-mail address. */
  readonly email?: string
  /** Whether the e-mail address is verified. */
  readonly verifiedEmail?: boolean
  /** Phone number in E.164 form. */
  readonly phone?: string
  /** Whether the phone number is verified. */
  readonly verifiedPhone?: boolean
  /** Roles of the user in the project. */
  readonly roleNames?: readonly string[]
  /** Permissions of the user in the project. */
  readonly permissions?: readonly string[]
  /** Tenants that the user belongs to, each with its roles and permissions. */
  readonly userTenants?: readonly {
    readonly tenantId: string
    readonly tenantName?: string
    readonly roleNames?: readonly string[]
    readonly permissions?: readonly string[]
  }[]
  /** Attributes that the project defines. */
  readonly customAttributes?: Readonly<Record<string, unknown>>
  /** In seconds since 1970. */
  readonly createdTime?: number
}

/**
 * Descope's nOTP: the user signs in by sending one WhatsApp message, with no code to type.
 *
 * The sessions are Descope's; they are handed to the caller, and change nothing about the token of the
 * client. Without settings every method resolves with `invalid_configuration`.
 *
 * @see https://docs.descope.com/auth-methods/notp
 */
export interface NotpChannel {
  /**
   * Starts the login of a new user.
   *
   * @param loginId As a rule a phone number, such as `+15555550100`. Empty: the number that the message
   *   comes from.
   * @returns `pendingRef`, `redirectUrl` and `image`. Otherwise `errorCode` is `E062107` (there is such a
   *   user already), or {@link Result | a code of every call}.
   * @throws {TypeError} When `loginId` is not a string.
   */
  signUp(loginId: string, user?: NotpUserInput, options?: NotpOptions): Promise<Result<NotpStartResponse>>
  /**
   * Starts the login of a known user; with `stepup` or `mfa`, another one of a user who is signed in.
   *
   * @param loginId As for `signUp`.
   * @param refreshToken Of the session that `stepup` or `mfa` goes on with; needed for those alone. A page
   *   does not have it when the project hands out sessions by cookie.
   * @returns As for `signUp`. Otherwise `errorCode` is `E062108` (there is no such user), `token_not_set`
   *   (`stepup` or `mfa` without `refreshToken`; nothing was sent), or {@link Result | a code of every call}.
   * @throws {TypeError} When `loginId` is not a string.
   */
  signIn(
    loginId: string,
    options?: NotpSignInOptions,
    refreshToken?: string,
  ): Promise<Result<NotpStartResponse>>
  /**
   * Starts the login of a user, who is created when there is none.
   *
   * @param loginId As for `signUp`.
   * @returns As for `signUp`. Otherwise `errorCode` is {@link Result | a code of every call}.
   * @throws {TypeError} When `loginId` is not a string.
   */
  signUpOrIn(loginId: string, options?: NotpOptions): Promise<Result<NotpStartResponse>>
  /**
   * Starts the change of a user's phone number, which happens when the message from the new number has
   * arrived.
   *
   * @param refreshToken Of that user's session.
   * @returns As for `signUp`. Otherwise `errorCode` is `token_not_set` (no `refreshToken`; nothing was
   *   sent), or {@link Result | a code of every call}.
   * @throws {TypeError} When `loginId` is not a string that is not empty.
   */
  updateUser(input: NotpUpdateInput, refreshToken: string): Promise<Result<NotpStartResponse>>
  /**
   * Waits until the user has sent the message.
   *
   * @param pendingRef From the call that started the login.
   * @returns The session and the user. Otherwise `errorCode` is `timeout` (no message within `timeoutMs`),
   *   that of the refusal (the login has expired, or the user is not who was expected), or
   *   {@link Result | a code of every call}, after two minutes with nothing but failures.
   * @throws {TypeError} When `pendingRef` is not a string, or is empty, or when `timeoutMs` or
   *   `pollingIntervalMs` is negative or not a finite number.
   */
  waitForSession(pendingRef: string, options?: NotpWaitOptions): Promise<Result<NotpSessionResponse>>
}

/** The error code of a poll while the message has not come. */
const NOT_VERIFIED_YET = 'E066103'

/** The shortest interval and the longest wait, in ms: the limits of Descope's own SDK, and its defaults. */
const SHORTEST_INTERVAL = 1000
const LONGEST_WAIT = 600_000

/**
 * Makes the channel of nOTP for a Descope project.
 *
 * @param settings Without them the channel is there, and its methods resolve with `invalid_configuration`.
 * @throws {TypeError} When a setting is wrong; the message names it.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { notp: notp({ projectId }) } })
 * const { pendingRef, image } = await client.notp.signUpOrIn('')
 */
export function notp(settings?: NotpSettings): (context: ChannelContext) => NotpChannel {
  const project = settings && readSettings(settings)

  return context => {
    const { request } = context
    function call<T extends object>(
      path: string,
      options: RequestOptions,
      refreshToken?: string,
    ): Promise<Result<T>> {
      if (!project) {
        return refuse('invalid_configuration', 'nOTP is not set up. Give the client your project ID for it.')
      }
      assert(!refreshToken || isToken(refreshToken), '"refreshToken" must be a string without spaces')
      const { baseUrl, projectId } = project
      const service: Service = {
        baseUrl,
        authorization: `Bearer ${refreshToken ? `${projectId}:${refreshToken}` : projectId}`,
      }
      // A project may hand out its sessions by cookie.
      return request<T>(`/v1/auth/notp/${path}`, { service, credentials: 'include', ...options })
    }

    async function start(
      method: string,
      body: object,
      signal: AbortSignal | undefined,
      refreshToken?: string,
    ): Promise<Result<NotpStartResponse>> {
      const options = { body, signal, expects: 'pendingRef' }
      const response = await call<NotpStartResponse>(`whatsapp/${method}`, options, refreshToken)
      // The wire has the bare base64 of a picture.
      return response.data
        ? succeed({ ...response.data, image: `data:image/png;base64,${response.image}` })
        : response
    }

    async function login(
      method: string,
      loginId: string,
      { providerId, signal, ...loginOptions }: NotpSignInOptions = {},
      user?: NotpUserInput,
      refreshToken?: string,
    ) {
      assertText(loginId, '"loginId"')
      assertJson(loginOptions)
      const { stepup, mfa } = loginOptions
      if ((stepup || mfa) && !isText(refreshToken)) return needsSession('Step-up and MFA')
      return start(method, { loginId: loginId.trim(), user, providerId, loginOptions }, signal, refreshToken)
    }

    return {
      signUp: (loginId, user, options) => login('signup', loginId, options, user),
      signIn: (loginId, options, refreshToken) => login('signin', loginId, options, undefined, refreshToken),
      signUpOrIn: (loginId, options) => login('signup-in', loginId, options),
      async updateUser(input, refreshToken) {
        const { signal, ...body } = input ?? {}
        assert(isText(body.loginId), '"loginId" must be the login ID of a user, a string that is not empty')
        if (!isText(refreshToken)) return needsSession('Changing a user')
        return start('update', body, signal, refreshToken)
      },
      async waitForSession(pendingRef, { timeoutMs, pollingIntervalMs, signal } = {}) {
        assert(isText(pendingRef), '"pendingRef" must be the one of a login, a string that is not empty')
        const timeout = zeroIsDefault(timeoutMs, '"timeoutMs"', LONGEST_WAIT)
        const interval = zeroIsDefault(pollingIntervalMs, '"pollingIntervalMs"', SHORTEST_INTERVAL)
        return poll(
          context,
          signal =>
            call<NotpSessionResponse>('pending-session', {
              body: { pendingRef },
              expects: 'user',
              quiet: NOT_VERIFIED_YET,
              signal,
            }),
          {
            timeout: Math.min(timeout, LONGEST_WAIT),
            interval: Math.max(interval, SHORTEST_INTERVAL),
            signal,
            isDone: () => true,
            isPending: ({ errorCode }) => errorCode === NOT_VERIFIED_YET,
          },
        )
      },
    }
  }
}

function readSettings({ projectId, baseUrl }: NotpSettings): Required<NotpSettings> & { baseUrl: string } {
  assert(isToken(projectId), '"projectId" must be the ID of your Descope project, a string without spaces')
  // P, the region unless it is the first one, and 27 characters.
  const region = /^P(\w+)\w{27}$/.exec(projectId)?.[1]
  const standard = `https://api.${region ? `${region}.` : ''}descope.com`
  return { projectId, baseUrl: parseBaseUrl(baseUrl ?? standard, '"baseUrl"') }
}

const zeroIsDefault = (value: number | undefined, label: string, fallback: number) =>
  milliseconds(value === 0 ? fallback : value, label, fallback)

const needsSession = (what: string) =>
  refuse<NotpStartResponse>('token_not_set', `${what} needs the session of a user. Pass its refresh token.`)

function refuse<T>(errorCode: string, errorDescription: string): Promise<Result<T>> {
  return Promise.resolve(fail(errorCode, errorDescription) as Result<T>)
}

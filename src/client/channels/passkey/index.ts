import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialHint,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { ChannelContext } from '../../context.js'
import type { CallOptions, RequestOptions } from '../../lib/request.js'
import { assert, isText } from '../../options.js'
import { fail, type Result, succeed } from '../../response.js'
import type { RegistrationResponseJSON } from '../registration.js'
import type { Authenticator } from '../responses.js'
import { authenticate, canOfferImmediately, isCapable, register } from '../webauthn.js'
import { forgetCredential, knownCredentials, rememberCredential } from './known-credentials.js'
import { reportAccepted, reportUnknown } from './signals.js'

/** What `passkey.signUp` is given. */
export type PasskeySignUpInput = CallOptions & {
  /** The token to add the passkey with. Default: the client's. */
  token?: string | undefined
  /** What the browser shows for the account. Default: what the server knows of the user. */
  username?: string | undefined
  /** The name that the browser shows beside it. Default: what the server knows of the user. */
  displayName?: string | undefined
  /** `"platform"` (this device, the default), `"cross-platform"` (a phone or key), or `null` for any. */
  authenticatorAttachment?: AuthenticatorAttachment | null | undefined
  /** What the browser should offer first. */
  hints?: PublicKeyCredentialHint[] | undefined
  /** Adds the passkey without a dialog, right after a sign-in by password, where the browser can. */
  useAutoRegister?: boolean | undefined
  /** Keeps the challenge in a cookie of the API instead of in this call. */
  useCookies?: boolean | undefined
  /** Reports to the password manager which passkeys are still valid. Default `true`. */
  syncCredentials?: boolean | undefined
}

/** A passkey was added. */
export type PasskeySignUpResponse = {
  /** For your backend to validate. The client uses it from now on. */
  token?: string
  /** The new authenticator. */
  userAuthenticator?: Authenticator
  /** The response of the browser, as it was sent to the server. */
  registrationResponse?: RegistrationResponseJSON
}

/** What `passkey.signIn` is given. */
export type PasskeySignInInput = CallOptions & {
  /** Offers passkeys in an input with `autocomplete="webauthn"`, and waits there. */
  autofill?: boolean | undefined
  /** The action this sign-in is for, when the user is not known yet. */
  action?: string | undefined
  /** Your own key for that action. */
  idempotencyKey?: string | undefined
  /** The token of a known user, to step up with. Excludes the three above. */
  token?: string | undefined
  /** Keeps the challenge in a cookie of the API instead of in this call. */
  useCookies?: boolean | undefined
  /** Called when the user has chosen a passkey, before the server verifies it. */
  onVerificationStarted?: (() => unknown) | undefined
  /**
   * Reports to the password manager which passkeys are still valid, and forgets one that the server does not
   * know. Default `true`.
   */
  syncCredentials?: boolean | undefined
  /** Shows a dialog only when a passkey is on this device; otherwise resolves with `credential_not_found` at once. */
  preferImmediatelyAvailableCredentials?: boolean | undefined
}

/** Result of a sign-in with a passkey. */
export type PasskeySignInResponse = {
  /** Whether the passkey is valid. */
  isVerified: boolean
  /** For your backend to validate. The client uses it from now on. Present when verified. */
  token?: string
  /** The user who has signed in. */
  userId?: string
  /** The authenticator that was used. */
  userAuthenticatorId?: string
  /** The user name that the server has for the user. */
  username?: string
  /** The display name that the server has for the user. */
  displayName?: string
  /** The response of the browser, as it was sent to the server. */
  authenticationResponse?: AuthenticationResponseJSON
}

/**
 * Passkeys: made on a device or in a password manager, used with a fingerprint, a face or a PIN.
 *
 * @example
 * await authsignal.passkey.signUp({ username: 'jane@example.com' })
 * await authsignal.passkey.signIn({ action: 'sign-in', autofill: true })
 */
export interface PasskeyChannel {
  /**
   * Adds a passkey to the user. The browser shows a dialog: call this from a click.
   *
   * @returns `token`, `userAuthenticator` and the response of the browser. Otherwise `errorCode` is
   *   `invalid_credential`, `timeout`, `aborted`, or {@link Result | a code of every call}.
   * @throws {WebAuthnError} When the user or the browser ends the ceremony.
   * @throws {Error} `CONDITIONAL_CREATE_NOT_SUPPORTED`, with `useAutoRegister`.
   */
  signUp(input: PasskeySignUpInput): Promise<Result<PasskeySignUpResponse>>
  /**
   * Signs a user in, or steps up the user of `token`, with a passkey. Call this from a click, but for
   * `autofill`, which starts with the page.
   *
   * @returns `isVerified` and `token`, and who it is. Nothing when autofill is waiting already. Otherwise
   *   `errorCode` is `unknown_credential` (the password manager gets to know), `invalid_credential`,
   *   `immediate_mediation_not_supported`, `credential_not_found`, `timeout`, `aborted`, or
   *   {@link Result | a code of every call}.
   * @throws {WebAuthnError} When the user or the browser ends the ceremony.
   * @throws {TypeError} When options exclude each other; the message names them.
   */
  signIn(input?: PasskeySignInInput): Promise<Result<PasskeySignInResponse>>
  /**
   * Whether a passkey of this user was made or used in this browser.
   *
   * @deprecated Browsers offer what they have by themselves: use `signIn` with
   *   `preferImmediatelyAvailableCredentials`.
   * @returns `false` also when the request fails.
   * @throws {TypeError} When `userId` is missing.
   */
  isAvailableOnDevice(input: { readonly userId: string }): Promise<boolean>
}

interface OptionsResponse<T> {
  readonly challengeId?: string
  readonly options: T
}

type AddResponse = { isVerified: boolean; token?: string; userId?: string; userAuthenticator?: Authenticator }
type ServerVerifyResponse = Omit<PasskeySignInResponse, 'displayName'> & { userDisplayName?: string }

const PATH = '/client/user-authenticators/passkey'

/** One for the whole page, as browsers allow no more, whichever client has begun it. */
let waitingForAutofill: { readonly signal: AbortSignal | undefined } | undefined

/**
 * Makes the channel of passkeys.
 *
 * @example
 * const client = createClient({ tenantId: 'acme', channels: { passkey } })
 * client.setToken(token)
 * const response = await client.passkey.signIn({ token })
 * if (response.token) await sendToBackend(response.token)
 * else show(userMessage(response))
 */
export function passkey(context: ChannelContext): PasskeyChannel {
  const { request } = context

  /** Its lifetime counts from when the client first had it. */
  function useToken(token: string | undefined) {
    if (token !== undefined && token !== context.token) context.setToken(token)
  }

  const signUp: PasskeyChannel['signUp'] = async (input = {}) => {
    const { token, username, displayName, authenticatorAttachment = 'platform', hints, signal } = input
    const { useAutoRegister = false, useCookies, syncCredentials = true } = input
    useToken(token)
    if (useAutoRegister && !(await isCapable('conditionalCreate'))) {
      throw new Error('CONDITIONAL_CREATE_NOT_SUPPORTED')
    }

    const call = callOf(useCookies, signal)
    const prepared = await request<OptionsResponse<PublicKeyCredentialCreationOptionsJSON>>(
      `${PATH}/registration-options${useCookies ? '/web' : ''}`,
      { ...call, body: { username, displayName, authenticatorAttachment }, expects: 'options' },
    )
    if (!prepared.data) return prepared
    const { challengeId, options } = prepared.data
    const ceremony = await register({ ...options, ...(hints && { hints }) }, { useAutoRegister, signal })
    if (!ceremony.data) return ceremony
    const { credential } = ceremony.data

    const added = await request<AddResponse>(PATH, {
      ...call,
      body: { registrationCredential: credential, conditionalCreate: useAutoRegister, challengeId },
      expects: 'isVerified',
    })
    if (!added.data) return added
    const { userId, userAuthenticator, ...rest } = added.data
    if (rest.isVerified) {
      if (credential.authenticatorAttachment !== 'cross-platform') rememberCredential(userId, credential.id)
      if (syncCredentials)
        reportAccepted(context, call, rest.token, options.rp.id, options.user.id, credential.id)
    }
    return succeed({
      ...rest,
      ...(userAuthenticator && { userAuthenticator }),
      registrationResponse: credential,
    })
  }

  async function performSignIn(input: PasskeySignInInput): Promise<Result<PasskeySignInResponse>> {
    const { autofill, action, idempotencyKey, token, useCookies, onVerificationStarted, signal } = input
    const { preferImmediatelyAvailableCredentials: immediate, syncCredentials = true } = input
    if (immediate && !(await canOfferImmediately())) {
      return fail(
        'immediate_mediation_not_supported',
        'This browser cannot offer a passkey without a prompt.',
      )
    }
    useToken(token)
    const call = { ...callOf(useCookies, signal), as: token === undefined ? 'tenant' : 'token' } as const

    let challengeId: string | undefined
    if (action !== undefined) {
      const challenged = await request<{ challengeId: string }>(
        `/client/challenge${useCookies ? '/web' : ''}`,
        {
          ...call,
          body: { action, idempotencyKey },
          expects: 'challengeId',
        },
      )
      if (!challenged.data) return challenged
      challengeId = challenged.data.challengeId
    }
    const isFirstOfCookie = useCookies && action === undefined
    const prepared = await request<OptionsResponse<PublicKeyCredentialRequestOptionsJSON>>(
      `${PATH}/authentication-options${isFirstOfCookie ? '/web' : ''}`,
      { ...call, body: { challengeId }, expects: 'options' },
    )
    if (!prepared.data) return prepared
    const { options } = prepared.data

    const mediation = autofill ? 'autofill' : immediate ? 'immediate' : undefined
    const ceremony = await authenticate(options, { mediation, signal })
    if (!ceremony.data) return ceremony
    const { credential } = ceremony.data
    onVerificationStarted?.()

    const verified = await request<ServerVerifyResponse>('/client/verify/passkey', {
      ...call,
      body: {
        authenticationCredential: credential,
        deviceId: context.anonymousId, // read late: see ClientCore.anonymousId
        challengeId: prepared.data.challengeId,
      },
      expects: 'isVerified',
    })
    if (!verified.data) {
      if (syncCredentials && verified.errorCode === 'unknown_credential') {
        forgetCredential(credential.id)
        reportUnknown(context, options.rpId, credential.id)
      }
      return verified
    }
    const { userDisplayName, ...rest } = verified.data
    if (rest.isVerified) {
      if (credential.authenticatorAttachment !== 'cross-platform')
        rememberCredential(rest.userId, credential.id)
      if (syncCredentials) {
        const { userHandle } = credential.response
        reportAccepted(context, call, rest.token, options.rpId, userHandle, credential.id)
      }
    }
    return succeed({
      ...rest,
      ...(userDisplayName !== undefined && { displayName: userDisplayName }),
      authenticationResponse: credential,
    })
  }

  return {
    signUp,
    async signIn(input = {}) {
      const { autofill, action, idempotencyKey, token, preferImmediatelyAvailableCredentials } = input
      const excluded = { autofill, action, idempotencyKey }
      for (const [name, value] of Object.entries(excluded)) {
        assert(token === undefined || !value, `"${name}" is not supported when providing a token`)
      }
      const conflict = autofill && preferImmediatelyAvailableCredentials
      assert(!conflict, '"autofill" is not supported when using immediate UI mode')

      if (!autofill) return performSignIn(input)
      // As in the original: the call that is waiting already will resolve. One that was aborted in this task,
      // by a component that is mounted twice, has only not ended yet.
      if (waitingForAutofill && !waitingForAutofill.signal?.aborted) return {} as never
      const mine = { signal: input.signal }
      waitingForAutofill = mine
      try {
        return await performSignIn(input)
      } finally {
        if (waitingForAutofill === mine) waitingForAutofill = undefined
      }
    },
    async isAvailableOnDevice(input) {
      assert(isText(input?.userId), '"userId" is required')
      const ids = knownCredentials(input.userId)
      if (!ids.length) return false
      const { data } = await request(`${PATH}?credentialIds=${ids.join(',')}`, {
        method: 'GET',
        as: 'tenant',
      })
      return data !== undefined
    },
  }
}

const callOf = (useCookies: boolean | undefined, signal: AbortSignal | undefined): RequestOptions => ({
  credentials: useCookies ? 'include' : undefined,
  signal,
})

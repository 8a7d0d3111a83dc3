/**
 * The browser's WebAuthn ceremonies, for passkeys and security keys.
 *
 * One at a time, as browsers allow no more: a new one ends the one before. What a ceremony throws is for
 * the app to see, a `WebAuthnError` as a rule; what this file adds is that every ceremony ends.
 *
 * @module
 */
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { type AuthsignalResponse, aborted, type Failure, fail, succeed } from '../response.js'

/** Beyond the time that the server allows, in milliseconds: the browser should have ended it by then. */
const GRACE = 5000

/** What the server allows, in milliseconds; five minutes when it does not say. */
const timeoutOf = ({ timeout = 300_000 }: { readonly timeout?: number | undefined }) => timeout

let endCurrent: ((reason: unknown) => void) | undefined

type Ceremony<T> = Promise<AuthsignalResponse<{ readonly credential: T }>>

export function register(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
  options: { readonly useAutoRegister?: boolean; readonly signal?: AbortSignal | undefined },
): Ceremony<RegistrationResponseJSON> {
  const { useAutoRegister = false, signal } = options
  return perform(() => startRegistration({ optionsJSON, useAutoRegister }), timeoutOf(optionsJSON), signal)
}

export function authenticate(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
  options: {
    readonly mediation?: 'autofill' | 'immediate' | undefined
    readonly signal?: AbortSignal | undefined
  },
): Ceremony<AuthenticationResponseJSON> {
  const { mediation, signal } = options
  if (mediation === 'immediate') {
    return perform(() => immediately(optionsJSON), timeoutOf(optionsJSON), signal).catch(cause => {
      if (isNothingFound(cause)) return fail('credential_not_found', NOTHING_FOUND)
      throw toWebAuthnError(cause)
    })
  }
  const useBrowserAutofill = mediation === 'autofill'
  return perform(
    () => startAuthentication({ optionsJSON, useBrowserAutofill }),
    // Autofill waits in the page for as long as the user likes.
    useBrowserAutofill ? undefined : timeoutOf(optionsJSON),
    signal,
  )
}

/** Runs a ceremony to an end, also when an extension has taken it over and never answers. */
async function perform<T>(
  start: () => Promise<T>,
  timeout: number | undefined,
  signal: AbortSignal | undefined,
): Ceremony<T> {
  if (signal?.aborted) return aborted()
  endCurrent?.(
    new WebAuthnError({
      message: 'Another ceremony was started.',
      code: 'ERROR_CEREMONY_ABORTED',
      cause: new DOMException('Another ceremony was started.', 'AbortError'),
    }),
  )

  const over = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const given = new Promise<Failure>((resolve, reject) => {
    endCurrent = reject
    const giveUp = (failure: Failure) => {
      resolve(failure)
      WebAuthnAbortService.cancelCeremony()
    }
    signal?.addEventListener('abort', () => giveUp(aborted()), { signal: over.signal })
    if (timeout) timer = setTimeout(() => giveUp(fail('timeout', TIMEOUT)), timeout + GRACE)
  })
  const end = endCurrent
  try {
    return await Promise.race([given, start().then(credential => succeed({ credential }))])
  } finally {
    over.abort()
    clearTimeout(timer)
    if (endCurrent === end) endCurrent = undefined
  }
}

/**
 * Asks only for what the browser can offer at once. The library cannot yet; browsers that can know JSON.
 *
 * @see https://developer.chrome.com/docs/identity/immediate-ui-mode which allows no list of credentials
 */
async function immediately(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const options = { ...optionsJSON, allowCredentials: [] }
  const request: CredentialRequestOptions & { uiMode: 'immediate' } = {
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never),
    uiMode: 'immediate',
    signal: WebAuthnAbortService.createNewAbortSignal(),
  }
  const credential = await navigator.credentials.get(request)
  return (credential as PublicKeyCredential).toJSON() as unknown as AuthenticationResponseJSON
}

/** As the library does it for its own ceremonies. */
function toWebAuthnError(cause: Error): Error {
  if (cause instanceof WebAuthnError) return cause
  const code = cause.name === 'SecurityError' ? 'ERROR_INVALID_RP_ID' : 'ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY'
  return new WebAuthnError({ message: cause.message, code, cause })
}

/** Nothing to offer, or nothing that the user wanted: browsers do not tell which. */
const isNothingFound = (error: unknown) => (error as Error | undefined)?.name === 'NotAllowedError'

const TIMEOUT = 'The browser did not end the ceremony in time. Try again, or use another method.'
const NOTHING_FOUND = 'There is no passkey that can be used at once. Offer another way to sign in.'

/** Whether the browser has a newer part of WebAuthn, such as `conditionalCreate`. */
export async function isCapable(capability: string): Promise<boolean> {
  try {
    const capabilities = await globalThis.PublicKeyCredential?.getClientCapabilities?.()
    return (capabilities as Record<string, boolean> | undefined)?.[capability] ?? false
  } catch {
    return false // it cannot tell, so it is not to be relied on
  }
}

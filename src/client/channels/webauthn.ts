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
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
  type WebAuthnErrorCode,
} from '@simplewebauthn/browser'
import { aborted, type Failure, fail, type Result, succeed } from '../response.js'
import type { RegistrationResponseJSON } from './registration.js'

/** Beyond the time that the server allows, in milliseconds: the browser should have ended it by then. */
const GRACE = 5000

/** What the server allows, in milliseconds; five minutes when it does not say. */
const timeoutOf = ({ timeout = 300_000 }: { readonly timeout?: number | undefined }) => timeout

let endCurrent: ((reason: unknown) => void) | undefined

type Ceremony<T> = Promise<Result<{ readonly credential: T }>>

export function register(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
  options: { readonly useAutoRegister?: boolean; readonly signal?: AbortSignal | undefined },
): Ceremony<RegistrationResponseJSON> {
  const { useAutoRegister = false, signal } = options
  return perform(
    () => startRegistration({ optionsJSON, useAutoRegister }) as Promise<RegistrationResponseJSON>,
    timeoutOf(optionsJSON),
    signal,
  )
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
      // Nothing to offer, or nothing that the user wanted: browsers do not say which.
      if (cause?.name === 'NotAllowedError') return fail('credential_not_found', NOTHING_FOUND)
      throw cause
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

/** Runs a ceremony, which also ends when an extension has taken it over and never responds. */
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
    const settle = (failure: Failure) => {
      resolve(failure)
      WebAuthnAbortService.cancelCeremony()
    }
    signal?.addEventListener('abort', () => settle(aborted()), { signal: over.signal })
    if (timeout) timer = setTimeout(() => settle(fail('timeout', TIMEOUT)), timeout + GRACE)
  })
  const end = endCurrent
  try {
    return await Promise.race([given, start().then(credential => succeed({ credential }))])
  } catch (error) {
    // A mistake of the tenant's settings or of the page's address, which only a developer can correct.
    if ((error as WebAuthnError)?.code === 'ERROR_INVALID_RP_ID') {
      console.error(`[Authsignal] ${(error as Error).message.replace('RP', 'Relying Party')}.`)
    }
    throw error
  } finally {
    over.abort()
    clearTimeout(timer)
    if (endCurrent === end) endCurrent = undefined
  }
}

/**
 * Only offers what the browser has at once. The library does not support it yet; the browsers that do know JSON.
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
  try {
    const credential = await navigator.credentials.get(request)
    if (!credential) throw new DOMException(NOTHING_FOUND, 'NotAllowedError')
    return (credential as PublicKeyCredential).toJSON() as unknown as AuthenticationResponseJSON
  } catch (cause) {
    throw identifyError(cause as Error, options.rpId)
  }
}

/** What the library makes of the errors of its own ceremonies; it does not export the function. */
function identifyError(cause: Error, rpId: string | undefined): Error {
  const { hostname } = location
  const known = (code: WebAuthnErrorCode, message: string) => new WebAuthnError({ message, code, cause })
  switch (cause?.name) {
    case 'AbortError':
      return known('ERROR_CEREMONY_ABORTED', 'Authentication ceremony was sent an abort signal')
    case 'UnknownError':
      return known(
        'ERROR_AUTHENTICATOR_GENERAL_ERROR',
        'The authenticator was unable to process the specified options, or could not create a new assertion signature',
      )
    case 'SecurityError':
      if (!isDomain(hostname)) return known('ERROR_INVALID_DOMAIN', `${hostname} is an invalid domain`)
      if (rpId !== hostname) {
        return known('ERROR_INVALID_RP_ID', `The RP ID "${rpId}" is invalid for this domain`)
      }
  }
  return cause
}

/** Neither an IP address nor a single label: the library's own test, so that the codes are the same. */
const isDomain = (hostname: string) =>
  hostname === 'localhost' ||
  /^((xn--[a-z0-9-]+|[a-z0-9]+(-[a-z0-9]+)*)\.)+([a-z]{2,}|xn--[a-z0-9-]+)$/i.test(hostname)

const TIMEOUT = 'The browser did not end the ceremony in time. Try again, or use another method.'
const NOTHING_FOUND = 'There is no passkey that can be used at once. Offer another way to sign in.'

/** Whether the browser supports `uiMode: 'immediate'`. */
export async function canOfferImmediately(): Promise<boolean> {
  const canParse = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON
  return !!canParse && (await isCapable('immediateGet')) && !!navigator.credentials?.get
}

/** Whether the browser has a newer part of WebAuthn, such as `conditionalCreate`. */
export async function isCapable(capability: string): Promise<boolean> {
  try {
    const capabilities = await globalThis.PublicKeyCredential?.getClientCapabilities?.()
    return (capabilities as Record<string, boolean> | undefined)?.[capability] ?? false
  } catch {
    return false // unknown counts as not supported
  }
}

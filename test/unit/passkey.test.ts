/** Passkeys with a browser and a server that do what a test says, for cases that real ones rarely produce. */
import { type AuthsignalOptions, WebAuthnError } from 'authsignal-channels'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientOf, json, type Received, tokenOf } from './service.js'

const buffer = (text: string) => new TextEncoder().encode(text).buffer
const USED = 'dXNlZA'
const RP_ID = 'shop.example'

const credential = {
  id: USED,
  rawId: buffer('used'),
  type: 'public-key',
  authenticatorAttachment: 'platform',
  response: {
    clientDataJSON: buffer('{}'),
    attestationObject: buffer('a'),
    authenticatorData: buffer('a'),
    signature: buffer('s'),
    userHandle: buffer('jane'),
  },
  getClientExtensionResults: () => ({}),
  toJSON: () => ({ id: USED, authenticatorAttachment: 'platform', response: { userHandle: 'amFuZQ' } }),
}

const ceremony = vi.fn<(options: CredentialRequestOptions) => Promise<unknown>>()
const unknown = vi.fn()
const accepted = vi.fn()
const warn = vi.spyOn(console, 'warn')
const error = vi.spyOn(console, 'error')

/** A browser with WebAuthn, and these parts of it. */
const stubBrowser = (parts: object) => vi.stubGlobal('PublicKeyCredential', Object.assign(class {}, parts))

beforeEach(() => {
  ceremony.mockResolvedValue(credential)
  for (const log of [warn, error]) log.mockImplementation(() => {})
  stubBrowser({
    getClientCapabilities: async () => ({ immediateGet: true }),
    parseRequestOptionsFromJSON: (options: object) => options,
    signalUnknownCredential: unknown,
    signalAllAcceptedCredentials: accepted,
  })
  vi.stubGlobal('navigator', { credentials: { create: ceremony, get: ceremony } })
})

afterEach(() => {
  vi.resetAllMocks()
  vi.unstubAllGlobals()
  localStorage.clear()
})

const creation = {
  challenge: 'AA',
  rp: { id: RP_ID, name: 'Shop' },
  user: { id: 'amFuZQ', name: 'jane', displayName: 'Jane' },
  pubKeyCredParams: [],
}
const request = { challenge: 'AA', rpId: RP_ID }
const passkeyOf = (credentialId: string) => ({
  verificationMethod: 'PASSKEY',
  webauthnCredential: { credentialId },
})

/** A client of a server that agrees to everything, but for the paths that a test has another response for. */
function shop(
  responses: Record<string, (request: Received) => unknown> = {},
  options: Partial<AuthsignalOptions> = {},
) {
  return clientOf(received => {
    const { pathname } = new URL(received.url)
    const result = Object.entries(responses).find(([path]) => pathname.endsWith(path))?.[1](received)
    if (result instanceof Response) return result
    if (result) return json(result)
    const isKey = pathname.includes('security-key')
    if (pathname.includes('registration-options'))
      return json(isKey ? creation : { challengeId: 'c1', options: creation })
    if (pathname.includes('authentication-options'))
      return json(isKey ? request : { challengeId: 'c1', options: request })
    if (pathname.endsWith('/user-authenticators')) return json([passkeyOf('listed')])
    return json({ isVerified: true, accessToken: tokenOf({ sub: 'jane' }), userId: 'jane' })
  }, options)
}

type Client = ReturnType<typeof shop>['authsignal']

const CALLS: Record<string, (client: Client) => Promise<unknown>> = {
  'passkey.signUp()': client => client.passkey.signUp({}),
  'passkey.signIn()': client => client.passkey.signIn(),
  'passkey.signIn() in immediate mode': client =>
    client.passkey.signIn({ preferImmediatelyAvailableCredentials: true }),
  'securityKey.enroll()': client => client.securityKey.enroll(),
  'securityKey.verify()': client => client.securityKey.verify(),
}

describe.each(Object.entries(CALLS))('what the browser refuses %s', (_, start) => {
  const at = (href: string) => vi.stubGlobal('location', new URL(href))

  test.each([
    [
      'UnknownError',
      'https://shop.example/',
      'ERROR_AUTHENTICATOR_GENERAL_ERROR',
      'The authenticator was unable',
    ],
    ['SecurityError', 'https://127.0.0.1/', 'ERROR_INVALID_DOMAIN', '127.0.0.1 is an invalid domain'],
    ['SecurityError', 'https://intranet/', 'ERROR_INVALID_DOMAIN', 'intranet is an invalid domain'],
    ['SecurityError', 'https://other.example/', 'ERROR_INVALID_RP_ID', `The RP ID "${RP_ID}" is invalid`],
    ['AbortError', 'https://shop.example/', 'ERROR_CEREMONY_ABORTED', 'ceremony was sent an abort signal'],
  ])('with %s at %s is a WebAuthnError %s', async (name, href, code, message) => {
    at(href)
    const cause = new DOMException('No.', name)
    ceremony.mockRejectedValue(cause)
    const thrown = await start(shop().authsignal).catch(thrown => thrown)
    expect(thrown).toBeInstanceOf(WebAuthnError)
    expect(thrown).toMatchObject({ name, code, cause, message: expect.stringContaining(message) })
  })

  test('for another reason is the error itself', async () => {
    at('https://shop.example/')
    for (const cause of [
      new DOMException('No.', 'SecurityError'),
      new DOMException('No.', 'DataError'),
      new Error('An extension'),
    ]) {
      ceremony.mockRejectedValue(cause)
      await expect(start(shop().authsignal)).rejects.toBe(cause)
    }
    expect(error).not.toHaveBeenCalled()
  })

  test('for the relying party ID is written to the console', async () => {
    at('https://other.example/')
    ceremony.mockRejectedValue(new DOMException('No.', 'SecurityError'))
    await expect(start(shop().authsignal)).rejects.toThrow()
    expect(error.mock.calls).toEqual([
      [expect.stringContaining(`[Authsignal] The Relying Party ID "${RP_ID}" is invalid for this domain`)],
    ])
  })
})

describe('signIn() in immediate mode', () => {
  const immediately = ({ passkey }: Client) => passkey.signIn({ preferImmediatelyAvailableCredentials: true })

  test.each([
    ['there is no PublicKeyCredential', () => vi.stubGlobal('PublicKeyCredential', undefined)],
    [
      'parseRequestOptionsFromJSON is missing',
      () => stubBrowser({ getClientCapabilities: async () => ({ immediateGet: true }) }),
    ],
    [
      'immediateGet is missing',
      () => stubBrowser({ getClientCapabilities: async () => ({}), parseRequestOptionsFromJSON: Object }),
    ],
    ['getClientCapabilities is missing', () => stubBrowser({ parseRequestOptionsFromJSON: Object })],
    ['navigator.credentials is missing', () => vi.stubGlobal('navigator', {})],
  ])('resolves immediate_mediation_not_supported before any request where %s', async (_, stub) => {
    stub()
    const { authsignal, received } = shop({}, { enableLogging: true })
    expect(await immediately(authsignal)).toMatchObject({ errorCode: 'immediate_mediation_not_supported' })
    expect(received).toEqual([])
    expect(error).not.toHaveBeenCalled()
  })

  test('resolves credential_not_found where the browser has nothing', async () => {
    ceremony.mockRejectedValueOnce(new DOMException('No.', 'NotAllowedError')).mockResolvedValueOnce(null)
    for (const _ of ['refused', 'null']) {
      expect(await immediately(shop().authsignal)).toMatchObject({ errorCode: 'credential_not_found' })
    }
  })
})

describe('a credential that the server does not know', () => {
  const KEY = 'as_user_passkey_map'
  const refusal = { '/verify/passkey': () => json({ error: 'no', errorCode: 'unknown_credential' }, 400) }

  test('is signalled and forgotten', async () => {
    localStorage.setItem(KEY, JSON.stringify({ jane: [USED, 'other'] }))
    expect(await shop(refusal).authsignal.passkey.signIn()).toMatchObject({ errorCode: 'unknown_credential' })
    expect(unknown.mock.calls).toEqual([[{ rpId: RP_ID, credentialId: USED }]])
    expect(JSON.parse(localStorage.getItem(KEY)!)).toEqual({ jane: ['other'] })
  })

  test('is neither signalled nor forgotten with syncCredentials: false', async () => {
    const known = JSON.stringify({ jane: [USED, 'other'] })
    localStorage.setItem(KEY, known)
    const { passkey } = shop(refusal).authsignal
    expect(await passkey.signIn({ syncCredentials: false })).toMatchObject({
      errorCode: 'unknown_credential',
    })
    expect(unknown).not.toHaveBeenCalled()
    expect(localStorage.getItem(KEY)).toBe(known)
  })

  test('that cannot be signalled is a warning, with enableLogging alone', async () => {
    const cause = new Error('an extension')
    unknown.mockRejectedValue(cause)
    await shop(refusal).authsignal.passkey.signIn()
    expect(warn).not.toHaveBeenCalled()
    await shop(refusal, { enableLogging: true }).authsignal.passkey.signIn()
    await vi.waitFor(() => expect(warn.mock.calls).toEqual([['[Authsignal] Passkey sync failed', cause]]))
  })
})

describe('the credentials that are accepted', () => {
  const list = (received: readonly Received[]) => received.filter(({ method }) => method === 'GET')

  test('are the listed ones and the one just used', async () => {
    await shop().authsignal.passkey.signIn()
    await vi.waitFor(() =>
      expect(accepted.mock.calls).toEqual([
        [{ rpId: RP_ID, userId: 'amFuZQ', allAcceptedCredentialIds: ['listed', USED] }],
      ]),
    )
  })

  test.each([
    ['the list fails', { '/user-authenticators': () => json({ error: 'down' }, 500) }, { status: 500 }],
    [
      'the list is none',
      { '/user-authenticators': () => json({ authenticators: [] }) },
      { authenticators: [] },
    ],
    ['the list is malformed', { '/user-authenticators': () => json([null]) }, { name: 'TypeError' }],
    ['the browser refuses', {}, { name: 'SecurityError' }],
  ])('are not signalled when %s, which is a warning with enableLogging', async (_, responses, cause) => {
    accepted.mockRejectedValue(new DOMException('No.', 'SecurityError'))
    const { authsignal } = shop(responses, { enableLogging: true })
    expect(await authsignal.passkey.signIn()).toMatchObject({ isVerified: true })
    await vi.waitFor(() =>
      expect(warn.mock.calls).toMatchObject([['[Authsignal] Passkey sync failed', cause]]),
    )
    expect(error).not.toHaveBeenCalled()
  })

  test('are not listed by another user, whose token was set during the sign-in', async () => {
    const { authsignal, received } = shop({
      '/verify/passkey': () => authsignal.setToken(tokenOf({ sub: 'joe' })),
    })
    await authsignal.passkey.signIn()
    await authsignal.passkey.signUp({ syncCredentials: false })
    expect(list(received)).toEqual([])
    expect(accepted).not.toHaveBeenCalled()
  })

  test('are not listed when the sign-in gives no token and uses no cookies', async () => {
    const { authsignal, received } = shop({ '/verify/passkey': () => ({ isVerified: true, userId: 'jane' }) })
    expect(await authsignal.passkey.signIn()).toMatchObject({ isVerified: true })
    await authsignal.passkey.signUp({ syncCredentials: false })
    expect(list(received)).toEqual([])
  })

  test('are listed by the cookie alone when the sign-in gives no token', async () => {
    const { authsignal, received } = shop({ '/verify/passkey': () => ({ isVerified: true, userId: 'jane' }) })
    await authsignal.passkey.signIn({ useCookies: true })
    await vi.waitFor(() => expect(accepted).toHaveBeenCalled())
    expect(list(received)).toMatchObject([{ authorization: `Basic ${btoa('acme')}` }])
  })
})

test('signIn() sends the device ID that the cookie holds when the passkey is verified', async () => {
  const { authsignal, received } = shop()
  const onVerificationStarted = () => {
    vi.spyOn(document, 'cookie', 'get').mockReturnValue('__as_aid=of-another-tab')
  }
  await authsignal.passkey.signIn({ onVerificationStarted, syncCredentials: false })
  expect(received.at(-1)?.body).toMatchObject({ deviceId: 'of-another-tab' })
})

test('signIn({ autofill: true }) resolves with nothing while another client of the page is waiting', async () => {
  const first = shop()
  const second = shop()
  document.body.innerHTML = '<input autocomplete="webauthn">'
  stubBrowser({ isConditionalMediationAvailable: async () => true })
  let resolve!: (credential: unknown) => void
  ceremony.mockReturnValue(new Promise(resolveCeremony => (resolve = resolveCeremony)))
  const waiting = first.authsignal.passkey.signIn({ autofill: true })
  expect(await second.authsignal.passkey.signIn({ autofill: true })).toEqual({})
  resolve(credential)
  expect(await waiting).toMatchObject({ isVerified: true })
  expect(await second.authsignal.passkey.signIn({ autofill: true })).toMatchObject({ isVerified: true })
})

/**
 * An emulator in this process, and the calls of a browser, a backend and a developer to it.
 */

import { createEmulator, type EmulatorOptions, type Tenant } from 'authsignal-channels/emulator'
import { expect, onTestFinished } from 'vitest'
import { expectDeclared } from './declared.js'

export const ORIGIN = 'http://localhost:4010'
export const PHONE = '+64211234567'
export const OTHER_PHONE = '+64217654321'
export const EMAIL = 'jane@example.com'

export interface JsonResponse {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: responses are checked field by field
  readonly body: any
}

export interface Call {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown
}

/** An emulator until the test ends: without the reset, it would send its webhooks again during other tests. */
export function emulatorOfTest(options?: EmulatorOptions) {
  const emulator = createEmulator(options)
  onTestFinished(() => emulator.reset())
  return emulator
}

export const createHarness = (options?: EmulatorOptions) => harnessOf(createEmulator(options))

/** The calls to an emulator. */
export function harnessOf<Of extends Tenant>(emulator: Of) {
  const { apiSecretKey } = emulator.config

  async function call(path: string, { method, headers, body }: Call = {}): Promise<JsonResponse> {
    const response = await emulator.fetch(ORIGIN + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(headers && { headers }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text)
    expectDeclared(method ?? (body === undefined ? 'GET' : 'POST'), path, response.status, json)
    if (response.status >= 400 && json !== undefined) expectSentence(json)
    return { status: response.status, headers: response.headers, body: json }
  }

  /** A call of a backend with the secret key. */
  const server = (path: string, { headers, ...rest }: Call = {}) =>
    call(`/v1${path}`, {
      ...rest,
      headers: { Authorization: `Basic ${btoa(`${apiSecretKey}:`)}`, ...headers },
    })

  /** A call of a browser with a token; a POST by default. */
  const client = (token: string, path: string, { headers, ...rest }: Call = {}) =>
    call(`/v1/client${path}`, {
      method: 'POST',
      ...rest,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    })

  return {
    emulator,
    call,
    server,
    client,
    /** Tracks an action; the response's body. */
    track: async (userId: string, attributes: object = {}, action = 'pay') =>
      (await server(`/users/${userId}/actions/${action}`, { body: attributes })).body,
    /** Enrols a user without a code, as a backend does that verified the contact itself. */
    enrol: async (userId: string, contact: string = PHONE, verificationMethod = 'SMS') =>
      (
        await server(`/users/${userId}/authenticators`, {
          body: { verificationMethod, [contact.includes('@') ? 'email' : 'phoneNumber']: contact },
        })
      ).body.authenticator,
    validate: async (token: string, expected: object = {}) =>
      (await server('/validate', { body: { token, ...expected } })).body,
  }
}

/** Whatever is refused, a developer reads why, in a whole sentence. The other API has it in a field of its own. */
function expectSentence({ errorDescription, errorMessage = errorDescription }: Record<string, unknown>) {
  expect(errorMessage).toMatch(/^[A-Z"].+\.$/)
}

export type TenantHarness = ReturnType<typeof harnessOf<Tenant>>

export type Harness = ReturnType<typeof createHarness>

/** A code that is not the one the user got. */
export const wrong = (code: string) => code.replace(/^./, digit => String((Number(digit) + 1) % 10))

export const nextCode = ({ messages }: Pick<Tenant, 'messages'>, to: string) =>
  messages.nextCode({ to, timeout: 100 })

/** The operations that the emulator declares: as a document, beside the published API, and beside the server SDK. */

import { Authsignal, VerificationMethod } from '@authsignal/node'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenApiDocument } from '../../src/emulator/http/openapi.js'
import { resolveOptions } from '../../src/emulator/options.js'
import { createRoutes } from '../../src/emulator/routes/index.js'
import { createService } from '../../src/emulator/service.js'
import { operationAt } from '../unit/emulator/declared.js'

const ORIGIN = 'http://localhost:4010'
const PHONE = '+64211234567'

const read = async (): Promise<OpenApiDocument> =>
  (await createEmulator().fetch(`${ORIGIN}/emulator/openapi.json`)).json()

test('the document has no error that a linter finds', async () => {
  // The server of this document is this machine.
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } })
  const problems = await lintFromString({ source: JSON.stringify(await read()), config })
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
  ).toEqual([])
})

/** The inspector, streams of events, and the document itself. */
const NO_OPERATIONS = /^\/emulator\/(openapi\.json)?$|\/stream$/

test('every route of the APIs and every control route declares its operation', async () => {
  const { paths } = await read()
  const undeclared = createRoutes(createService(resolveOptions({})))
    .routes.filter(
      ({ method, path }) => method !== 'ALL' && /^\/(v\d|emulator)\//.test(path) && !NO_OPERATIONS.test(path),
    )
    .map(({ method, path }) => [path.replace(/:(\w+)/g, '{$1}'), method.toLowerCase()] as const)
    .filter(([path, method]) => paths[path]?.[method] === undefined)
    .map(([path, method]) => `${method} ${path}`)
  // It refuses what would otherwise be a user of this name.
  expect([...new Set(undeclared)]).toEqual(['post /v1/users/authenticators'])
})

test('an operation has one name, which no other has', async () => {
  const ids = Object.values((await read()).paths).flatMap(methods =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  expect(ids.length).toBeGreaterThan(95)
  expect(new Set(ids).size).toBe(ids.length)
})

/**
 * What Authsignal publishes of this operation.
 *
 * @see https://docs.authsignal.com/api-reference
 */
const PUBLISHED = {
  security: [{ token: [] }],
  responses: {
    200: { required: ['challengeId'], properties: { challengeId: { type: 'string' } } },
    400: {
      required: ['error'],
      properties: { error: { type: 'string' }, errorDescription: { type: 'string' } },
    },
    401: {
      required: ['error'],
      properties: {
        error: { type: 'string' },
        errorCode: { type: 'string' },
        errorDescription: { type: 'string' },
      },
    },
    404: {
      required: ['error'],
      properties: { error: { type: 'string' }, errorDescription: { type: 'string' } },
    },
    429: {
      required: ['error'],
      properties: { error: { type: 'string' }, errorDescription: { type: 'string' } },
    },
  },
} as const

test('POST /challenge/whatsapp has what is published of it: statuses and schemas', async () => {
  const { paths, components } = await read()
  const operation = paths['/v1/client/challenge/whatsapp']!.post!
  expect(operation.security).toEqual(PUBLISHED.security)
  for (const [status, published] of Object.entries(PUBLISHED.responses)) {
    const schema = schemaOf(operation.responses[status]!, components)
    expect([status, schema.required]).toEqual([status, expect.arrayContaining([...published.required])])
    expect([status, schema.properties]).toMatchObject([status, published.properties])
  }
})

type Schema = { required: string[]; properties: Record<string, unknown> }

function schemaOf(response: object, components: object): Schema {
  const { schema } = (response as { content: Record<string, { schema: Schema & { $ref?: string } }> })
    .content['application/json']!
  const name = schema.$ref?.replace('#/components/schemas/', '')
  return name === undefined ? schema : (components as { schemas: Record<string, Schema> }).schemas[name]!
}

const of = { userId: 'jane', action: 'pay', idempotencyKey: 'key' }

/** Each method of the server SDK, called once, with the operation that it uses. */
const METHODS: Record<
  string,
  readonly [operation: string, call: (authsignal: Authsignal) => Promise<unknown>]
> = {
  getUser: ['getUser', sdk => sdk.getUser({ userId: 'jane' })],
  queryUsers: ['queryUsers', sdk => sdk.queryUsers({ phoneNumber: PHONE })],
  updateUser: ['updateUser', sdk => sdk.updateUser({ userId: 'jane', attributes: { phoneNumber: PHONE } })],
  deleteUser: ['deleteUser', sdk => sdk.deleteUser({ userId: 'jane' })],
  getAuthenticators: ['getAuthenticators', sdk => sdk.getAuthenticators({ userId: 'jane' })],
  enrollVerifiedAuthenticator: [
    'enrollVerifiedAuthenticator',
    sdk =>
      sdk.enrollVerifiedAuthenticator({
        userId: 'jane',
        attributes: { verificationMethod: VerificationMethod.SMS, phoneNumber: PHONE },
      }),
  ],
  deleteAuthenticator: [
    'deleteAuthenticator',
    sdk => sdk.deleteAuthenticator({ userId: 'jane', userAuthenticatorId: 'none' }),
  ],
  track: ['trackAction', sdk => sdk.track({ userId: 'jane', action: 'pay' })],
  validateChallenge: ['validateChallenge', sdk => sdk.validateChallenge({ token: 'none' })],
  claimChallenge: ['claimChallenge', sdk => sdk.claimChallenge({ challengeId: 'none', userId: 'jane' })],
  getAction: ['getAction', sdk => sdk.getAction(of)],
  queryUserActions: ['queryUserActions', sdk => sdk.queryUserActions({ userId: 'jane' })],
  updateAction: [
    'updateAction',
    sdk => sdk.updateAction({ ...of, attributes: { state: 'REVIEW_REQUIRED' as never } }),
  ],
  challenge: [
    'challenge',
    sdk => sdk.challenge({ verificationMethod: VerificationMethod.SMS, action: 'pay', phoneNumber: PHONE }),
  ],
  verify: ['verify', sdk => sdk.verify({ challengeId: 'none', verificationCode: '123456' })],
  getChallenge: ['getChallenge', sdk => sdk.getChallenge({ challengeId: 'none' })],
  createSession: ['createSession', sdk => sdk.createSession({ clientId: 'app', token: 'none' })],
  validateSession: ['validateSession', sdk => sdk.validateSession({ accessToken: 'none' })],
  refreshSession: ['refreshSession', sdk => sdk.refreshSession({ refreshToken: 'none' })],
  revokeSession: ['revokeSession', sdk => sdk.revokeSession({ accessToken: 'none' })],
  revokeUserSessions: ['revokeUserSessions', sdk => sdk.revokeUserSessions({ userId: 'jane' })],
}

/** What only the SDK itself uses. */
const PRIVATE = ['constructor', 'getRequestConfig']

test('every public method of the server SDK is one of the table below', () => {
  const methods = Object.getOwnPropertyNames(Authsignal.prototype).filter(name => !PRIVATE.includes(name))
  expect(methods.sort()).toEqual(Object.keys(METHODS).sort())
})

const requests: string[] = []
let service: { url: string; close: () => Promise<void> }
let backend: Authsignal

beforeAll(async () => {
  const emulator = createEmulator()
  const recorded = {
    ...emulator,
    fetch: (request: Request) => {
      requests.push(operationAt(request.method, new URL(request.url).pathname)?.operation.id ?? request.url)
      return emulator.fetch(request)
    },
  }
  service = await listen(recorded as typeof emulator, { port: 0 })
  backend = new Authsignal({
    apiSecretKey: emulator.config.apiSecretKey,
    apiUrl: `${service.url}/v1`,
    retries: 0,
  })
})
afterAll(() => service.close())

test.each(Object.entries(METHODS))('%s calls an operation of the document', async (_, [id, call]) => {
  requests.length = 0
  // Some of them are about something that does not exist. That is an error of the service, not a missing route.
  const error = await call(backend).then(
    () => undefined,
    ({ errorCode }) => errorCode,
  )
  expect(error).not.toBe('emulator_not_implemented')
  expect(requests).toEqual([id])
})

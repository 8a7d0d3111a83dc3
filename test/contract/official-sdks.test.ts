/**
 * What the official backend SDKs for Go, Python, PHP and Ruby put on the wire, one call after the other, and
 * what each reads in the responses.
 *
 * Seen on the wire of each SDK; the words here are our own.
 */

import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Service, startService } from './node-sdk.js'

interface Sdk {
  readonly name: string
  /** What it sends with each call, with a body or without. */
  readonly headers: Record<string, string>
  /** Sent with a call that has no body. */
  readonly emptyBody?: Record<string, string>
  readonly calls: readonly Call[]
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the API URL; `{name}` stands for what an earlier response brought. */
  readonly path: string
  readonly body?: unknown
  readonly status?: number
  /** What the SDK, or its own suite, reads in the response. */
  readonly reads?: unknown
  /** What later calls need of it. */
  readonly keep?: (body: never) => Record<string, string>
}

const id = expect.stringMatching(/./)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const jwt = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)
const JSON_TYPE = { 'Content-Type': 'application/json' }

const UNAUTHORIZED = {
  error: 'unauthorized',
  errorCode: 'unauthorized',
  errorDescription:
    'The request is unauthorized. Check that your API key and region base URL are correctly configured.',
}

const tracked = {
  state: 'CHALLENGE_REQUIRED',
  idempotencyKey: id,
  isEnrolled: true,
  url: expect.stringContaining('/challenge?token='),
  token: jwt,
  allowedVerificationMethods: expect.arrayContaining(['SMS']),
}

const keepAction = ({ idempotencyKey, token }: { idempotencyKey: string; token: string }) => ({
  idempotencyKey,
  token,
})
const keepChallenge = ({ challengeId }: { challengeId: string }) => ({ challengeId })
const keepAuthenticator = ([{ userAuthenticatorId }]: [{ userAuthenticatorId: string }]) => ({
  userAuthenticatorId,
})

/** Enrols, lists and removes an authenticator; the user is new. */
const authenticators = (user: string, userId: string, body: object): Call[] => [
  {
    ...{ method: 'POST', path: `/users/${user}/authenticators`, body },
    reads: { authenticator: { ...body, userAuthenticatorId: id, userId, createdAt: time } },
  },
  {
    ...{ method: 'GET', path: `/users/${user}/authenticators`, keep: keepAuthenticator },
    reads: [{ ...body, userAuthenticatorId: id }],
  },
  {
    ...{ method: 'DELETE', path: `/users/${user}/authenticators/{userAuthenticatorId}` },
    reads: { success: true },
  },
  { method: 'GET', path: `/users/${user}/authenticators`, reads: [] },
]

/** Updates, reads, finds and deletes a user. */
const user = (path: string, method: 'PATCH' | 'POST', attributes: Record<string, unknown>): Call[] => [
  { method, path: `/users/${path}`, body: attributes, reads: attributes },
  { method: 'GET', path: `/users/${path}`, reads: { ...attributes, isEnrolled: false } },
  { method: 'DELETE', path: `/users/${path}`, reads: { success: true } },
  { method: 'GET', path: `/users/${path}`, reads: { isEnrolled: false } },
]

const SDKS: readonly Sdk[] = [
  {
    name: 'Go',
    headers: { Accept: '*/*', ...JSON_TYPE, 'User-Agent': 'authsignalgo/v1', 'Accept-Encoding': 'gzip' },
    calls: [
      // A pointer that was not set is written as `null`, and a number as the caller has it.
      {
        method: 'POST',
        path: '/users/gopher/actions/pay',
        body: {
          ...{ redirectUrl: 'http://localhost:3000', redirectToSettings: null, email: 'jane@example.com' },
          ...{ phoneNumber: '5550100001', ipAddress: '127.0.0.1', userAgent: 'a browser' },
          ...{ deviceId: 'a device', custom: { hello: 'world', nothing: null } },
          crypto: { asset: 'BTC', assetAmount: null, assetAmountUsd: null },
        },
        reads: tracked,
        keep: keepAction,
      },
      { method: 'POST', path: '/users/gopher/actions/pay', body: {}, reads: { state: 'CHALLENGE_REQUIRED' } },
      {
        ...{ method: 'GET', path: '/users/gopher/actions/pay/{idempotencyKey}' },
        reads: { state: 'CHALLENGE_REQUIRED', createdAt: time, output: expect.any(Object), rules: [] },
      },
      {
        ...{ method: 'POST', path: '/validate', body: { token: '{token}', userId: 'gopher', action: 'pay' } },
        reads: { isValid: false, state: 'CHALLENGE_REQUIRED', userId: 'gopher', action: 'pay' },
      },
      {
        ...{ method: 'PATCH', path: '/users/gopher/actions/pay/{idempotencyKey}', body: { state: 'BLOCK' } },
        reads: { state: 'BLOCK' },
      },
      ...authenticators('new-gopher', 'new-gopher', {
        verificationMethod: 'EMAIL_OTP',
        email: 'joe@example.com',
      }),
      ...user('late-gopher', 'PATCH', { displayName: 'A new user', phoneNumber: '5550100002' }),
      { method: 'PATCH', path: '/users/found', body: { email: 'found@example.com' } },
      {
        ...{ method: 'GET', path: '/users?email=found%40example.com' },
        reads: { users: [{ userId: 'found', email: 'found@example.com', emailVerified: false }] },
      },
      {
        ...{ method: 'POST', path: '/challenge', keep: keepChallenge },
        body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+15550100003' },
        reads: { challengeId: id, expiresAt: expect.any(Number) },
      },
      {
        ...{ method: 'POST', path: '/verify', body: { challengeId: '{challengeId}', verificationCode: 'x' } },
        reads: { isVerified: false },
      },
      // It repeats the path of the API URL, where there is no route.
      { method: 'GET', path: '/v1/challenges?challengeId={challengeId}', status: 501 },
      ...['/sessions', '/sessions/validate', '/sessions/refresh', '/sessions/revoke'].map(
        (path): Call => ({
          ...{ method: 'POST', path, status: 401 },
          body: { clientId: 'app', token: 'x', accessToken: 'x', refreshToken: 'x' },
        }),
      ),
      { method: 'POST', path: '/sessions/user/revoke', body: { userId: 'gopher' }, reads: {} },
    ],
  },
  {
    name: 'Python',
    headers: {
      ...{ Accept: '*/*', ...JSON_TYPE, 'Accept-Encoding': 'gzip, deflate', Connection: 'keep-alive' },
      ...{ 'User-Agent': 'authsignal-python-sdk/4.2.0', 'X-Authsignal-Version': '4.2.0' },
    },
    emptyBody: { 'Content-Length': '0' },
    calls: [
      // Attributes go out under the names that the caller gave them, so these are not known.
      {
        method: 'POST',
        path: '/users/snake/actions/pay',
        body: {
          redirect_url: 'http://localhost:3000',
          redirect_to_settings: true,
          phone_number: '5550100001',
        },
        reads: tracked,
        keep: keepAction,
      },
      { method: 'POST', path: '/users/snake/actions/pay', body: {}, reads: { state: 'CHALLENGE_REQUIRED' } },
      {
        ...{ method: 'GET', path: '/users/snake/actions/pay/{idempotencyKey}' },
        reads: { state: 'CHALLENGE_REQUIRED', output: expect.any(Object) },
      },
      {
        ...{ method: 'POST', path: '/validate', body: { token: '{token}' } },
        reads: {
          isValid: false,
          state: 'CHALLENGE_REQUIRED',
          userId: 'snake',
          action: 'pay',
          idempotencyKey: id,
        },
      },
      {
        ...{ method: 'PATCH', path: '/users/snake/actions/pay/{idempotencyKey}', body: { state: 'BLOCK' } },
        reads: { state: 'BLOCK' },
      },
      ...authenticators('new-snake', 'new-snake', {
        verificationMethod: 'EMAIL_OTP',
        email: 'joe@example.com',
      }),
      ...user('late-snake', 'PATCH', { phoneNumber: '5550100002', displayName: 'A new user' }),
      {
        ...{ method: 'GET', path: '/users?phoneNumber=%2B15550100009&limit=5&lastEvaluatedUserId=a' },
        reads: { users: [] },
      },
    ],
  },
  {
    name: 'PHP',
    headers: {
      ...{ Accept: '*/*', ...JSON_TYPE },
      ...{ 'User-Agent': 'authsignal-php', 'X-Authsignal-Version': '4.5.0' },
    },
    emptyBody: { 'Content-Length': '0' },
    calls: [
      // Without attributes there is no body at all.
      { method: 'POST', path: '/users/123%3Aelephant/actions/signIn', reads: tracked },
      {
        method: 'POST',
        path: '/users/123%3Aelephant/actions/signIn',
        body: {
          ...{ redirectUrl: 'https://www.example.com/back', email: 'test@example.com', deviceId: 'laptop' },
          ...{ userAgent: 'a browser', ipAddress: '1.1.1.1' },
          custom: { aBoolean: true, aNumber: 1.12 },
        },
        reads: tracked,
        keep: keepAction,
      },
      {
        ...{ method: 'POST', path: '/validate', body: { token: '{token}' } },
        reads: { isValid: false, state: 'CHALLENGE_REQUIRED', userId: '123:elephant', action: 'signIn' },
      },
      {
        ...{ method: 'GET', path: '/users/123%3Aelephant/actions/signIn/{idempotencyKey}' },
        reads: { state: 'CHALLENGE_REQUIRED', createdAt: time, stateUpdatedAt: time },
      },
      {
        method: 'GET',
        path: '/users/123%3Aelephant/actions?codes=signIn&fromDate=2020-01-01T00%3A00%3A00Z',
        reads: [{ actionCode: 'signIn' }, { actionCode: 'signIn' }],
      },
      {
        ...{ method: 'PATCH', path: '/users/123%3Aelephant/actions/signIn/{idempotencyKey}' },
        ...{ body: { state: 'CHALLENGE_FAILED' }, reads: { state: 'CHALLENGE_FAILED' } },
      },
      {
        ...{ method: 'GET', path: '/users/123%3Aelephant/devices' },
        reads: [{ userId: '123:elephant', deviceId: 'laptop', createdAt: time }],
      },
      {
        ...{ method: 'POST', path: '/users/123%3Aelephant/devices/laptop/invalidate' },
        reads: { userId: '123:elephant', deviceId: 'laptop', createdAt: time, invalidatedAt: time },
      },
      { method: 'POST', path: '/users/123%3Aelephant/devices/phone/invalidate', status: 404 },
      ...authenticators('456%3Aelephant', '456:elephant', {
        ...{ verificationMethod: 'SMS', phoneNumber: '+15550100003' },
      }),
      ...user('789%3Aelephant', 'PATCH', { email: 'updated@example.com' }),
      {
        ...{ method: 'GET', path: '/users?email=nobody%40example.com&limit=10&lastEvaluatedUserId=user-1' },
        reads: { users: [] },
      },
    ],
  },
  {
    name: 'Ruby',
    headers: {
      ...{
        Accept: 'application/json',
        ...JSON_TYPE,
        'Accept-Encoding': 'gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      },
      ...{ 'User-Agent': 'authsignal-ruby', 'X-Authsignal-Version': '5.2.1' },
    },
    calls: [
      {
        ...{ method: 'POST', path: '/users/gem%7C1/actions/Login', body: { idempotencyKey: 'a key' } },
        ...{ reads: { ...tracked, idempotencyKey: 'a key' }, keep: keepAction },
      },
      {
        ...{ method: 'POST', path: '/validate', body: { token: '{token}' } },
        reads: { action: 'Login', userId: 'gem|1', state: 'CHALLENGE_REQUIRED', isValid: false },
      },
      {
        ...{
          method: 'PATCH',
          path: '/users/gem%7C1/actions/Login/a%20key',
          body: { state: 'REVIEW_REQUIRED' },
        },
        reads: { state: 'REVIEW_REQUIRED' },
      },
      {
        ...{ method: 'GET', path: '/users/gem%7C1/actions/Login/a%20key' },
        reads: { state: 'REVIEW_REQUIRED' },
      },
      ...authenticators('new-gem', 'new-gem', { verificationMethod: 'SMS', phoneNumber: '+15550100003' }),
      ...user('late-gem', 'POST', {
        ...{ email: 'test@example.com', phoneNumber: '+15550100004', username: 'test@example.com' },
        ...{ displayName: 'Test User', custom: { foo: 'bar' } },
      }),
    ],
  },
]

let service: Service

beforeAll(async () => {
  service = await startService()
})

afterAll(() => service.close())

/** Sends as an SDK does, which `fetch` would not: a GET has a content type, an empty body a length. */
function send({ headers, emptyBody }: Sdk, { method, path }: Call, body?: string, secret = 'demo-secret') {
  const Authorization = `Basic ${btoa(`${secret}:`)}`
  const length = body === undefined ? emptyBody : { 'Content-Length': Buffer.byteLength(body) }
  return new Promise<{ status: number; type: string; body: unknown }>((resolve, reject) => {
    const options = { method, headers: { ...headers, ...length, Authorization } }
    const call = request(`${service.url}/v1${path}`, options, async response => {
      const text = (await response.toArray()).join('')
      resolve({
        status: response.statusCode!,
        type: response.headers['content-type']!,
        body: JSON.parse(text),
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

describe.each(SDKS)('the official SDK for $name', sdk => {
  test('gets what it reads from each call', async () => {
    const { calls } = sdk
    // The suites have a user who is enrolled.
    const user = calls[0]!.path.split('/')[2]!
    await service.authsignal.enrollVerifiedAuthenticator({
      userId: decodeURIComponent(user),
      attributes: { verificationMethod: 'SMS' as never, phoneNumber: '+15550100000' },
    })
    const kept: Record<string, string> = {}
    const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => kept[name] ?? whole)
    for (const call of calls) {
      const path = filled(call.path)
      const text = call.body === undefined ? undefined : filled(JSON.stringify(call.body))
      const { status, type, body } = await send(sdk, { ...call, path }, text)
      // One SDK compares the content type exactly.
      expect([call.method, path, status, type]).toEqual([
        ...[call.method, path],
        ...[call.status ?? 200, 'application/json'],
      ])
      if (call.reads !== undefined) expect(body).toMatchObject(call.reads as object)
      Object.assign(kept, call.keep?.(body as never))
    }
  })

  test('gets an error for a wrong secret, on each path', async () => {
    for (const call of sdk.calls) {
      const text = call.body === undefined ? undefined : JSON.stringify(call.body)
      const { status, body } = await send(sdk, call, text, 'bad-secret')
      expect([call.path, status, body]).toEqual([call.path, 401, UNAUTHORIZED])
    }
  })
})

test('Go leaves the key out of a path: 401 for a wrong secret, 501 for the right one', async () => {
  const call = { method: 'GET', path: '/users/gopher/actions/pay/' } as const
  expect(await send(SDKS[0]!, call, undefined, 'bad-secret')).toMatchObject({
    status: 401,
    body: UNAUTHORIZED,
  })
  expect((await send(SDKS[0]!, call)).status).toBe(501)
})

// @vitest-environment node
/** What each part of the emulator keeps: counting it, and deleting it with its user, after its time, and all at once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Records } from '../../../src/emulator/lib/bounded-map.js'
import { resolveOptions } from '../../../src/emulator/options.js'
import { createService, type Service } from '../../../src/emulator/service.js'

const MINUTE = 60_000
const START = Date.UTC(2030, 0, 31)

let service: Service

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START })
  service = createService(resolveOptions({}))
})
afterEach(() => {
  vi.useRealTimers()
})

const SCOPES = ['read:authenticators', 'add:authenticators'] as const

/** The caller of a tracked action. */
function caller(userId: string) {
  const user = service.users.ensure(userId)
  const action = service.actions.track(user, 'pay', 'k1', {})
  return { user, action, scopes: SCOPES, token: 'token', expiresAt: 0 }
}

const sendCode = (userId: string) =>
  service.challenges.start({
    method: { ...CODES, contact: 'phoneNumber' },
    contact: '+64210000001',
    scopes: SCOPES,
    purpose: { kind: 'contact' },
    address: 'http://localhost:4010',
    actionCode: 'pay',
    idempotencyKey: 'k1',
    userId,
  })

const CODES = {
  name: 'SMS',
  path: 'sms',
  channel: 'SMS',
  clientEnrolment: true,
  sends: { count: 6, windowMs: 10 * MINUTE },
} as const

type Add = (userId: string) => unknown

interface Part {
  readonly name: string
  readonly of: () => Records
  readonly add: Add
  /** How long a record is kept, in milliseconds. */
  readonly kept?: number
}

const owner = (userId: string) => ({ clientId: 'app', userId, verificationMethod: 'SMS' as const })

const PARTS: readonly Part[] = [
  { name: 'users', of: () => service.users, add: userId => service.users.ensure(userId) },
  { name: 'actions', of: () => service.actions, add: caller },
  { name: 'codes', of: () => service.challenges, add: sendCode, kept: 70 * MINUTE },
  {
    name: 'approvals',
    of: () => service.approvals,
    add: userId => service.approvals.startQr(caller(userId), {}),
    kept: 70 * MINUTE,
  },
  {
    name: 'browsers',
    of: () => service.browsers,
    add: userId => service.browsers.add({ ...service.browsers.create(), userId }),
    kept: 10 * MINUTE,
  },
  {
    name: 'sessions',
    of: () => service.sessions,
    add: userId => service.sessions.create(owner(userId), 'http://localhost:4010'),
    kept: 30 * 24 * 60 * MINUTE,
  },
]

describe.each(PARTS)('$name', ({ of, add, kept }) => {
  beforeEach(async () => {
    await add('jane')
    await add('joe')
    await add('jim')
  })

  test('are counted, and deleted with their user, or all at once', () => {
    expect(of().size).toBe(3)
    of().forgetUser?.('jane')
    expect(of().size).toBe(2)
    of().forgetUser?.('jane')
    expect(of().size).toBe(2)
    of().clear()
    expect(of().size).toBe(0)
  })

  if (kept !== undefined)
    test('are deleted at the end of their time', async () => {
      vi.setSystemTime(START + MINUTE)
      await add('jo')
      vi.setSystemTime(START + kept - 1)
      of().sweep?.()
      expect(of().size).toBe(4)
      vi.setSystemTime(START + kept)
      of().sweep?.()
      expect(of().size).toBe(1)
    })
})

test('ceremonies and named actions are counted together, and deleted at the end of their time', () => {
  const { ceremonies } = service
  const challengeId = ceremonies.nameAction('pay', undefined)
  ceremonies.assertionOptions(undefined, 'PASSKEY', { challengeId })
  ceremonies.registrationOptions(caller('jane'), 'PASSKEY', {})
  expect(ceremonies.size).toBe(3)
  vi.setSystemTime(START + 10 * MINUTE - 1)
  ceremonies.sweep?.()
  expect(ceremonies.size).toBe(3)
  vi.setSystemTime(START + 10 * MINUTE)
  expect(() => ceremonies.assertionOptions(undefined, 'PASSKEY', { challengeId })).toThrow(
    'The challenge was not found.',
  )
  ceremonies.sweep?.()
  expect(ceremonies.size).toBe(0)
  ceremonies.nameAction('pay', undefined)
  ceremonies.registrationOptions(caller('jane'), 'PASSKEY', {})
  ceremonies.clear()
  expect(ceremonies.size).toBe(0)
})

describe('actions', () => {
  test('are listed by user', () => {
    const { action } = caller('jane')
    caller('joe')
    expect(service.actions.listOf('jane')).toEqual([action])
  })

  test('of a user without authenticators are allowed, unless the outcome of the code is another', () => {
    expect(caller('jane').action).toMatchObject({ state: 'ALLOW', outcome: 'CHALLENGE' })
    service.actions.setOutcome('pay', 'REVIEW')
    expect(caller('joe').action).toMatchObject({ state: 'REVIEW_REQUIRED', outcome: 'REVIEW' })
    service.actions.clear()
    expect(caller('jim').action).toMatchObject({ state: 'ALLOW', outcome: 'CHALLENGE' })
    expect(service.actions.ensure({ userId: 'jo', actionCode: 'pay', idempotencyKey: 'k' })).toMatchObject({
      state: 'CHALLENGE_REQUIRED',
      outcome: 'CHALLENGE',
    })
  })

  test('know when their state has changed, and when it was last set', () => {
    const { action } = caller('jane')
    vi.setSystemTime(START + 1)
    service.actions.setState(action, 'BLOCK')
    vi.setSystemTime(START + 2)
    service.actions.setState(action, 'BLOCK')
    expect(action).toMatchObject({ createdAt: START, stateUpdatedAt: START + 1, updatedAt: START + 2 })
  })

  test('are completed or failed once, and neither when the backend has decided', () => {
    const { actions } = service
    const { action } = caller('jane')
    actions.complete(action, 'SMS', undefined)
    expect(action).not.toHaveProperty('verifiedByAuthenticatorId')
    actions.fail(action)
    expect(action.state).toBe('CHALLENGE_SUCCEEDED')
    actions.setState(action, 'BLOCK')
    actions.complete(action, 'PASSKEY', 'a1')
    actions.fail(action)
    expect(action).toMatchObject({ state: 'BLOCK', verificationMethod: 'SMS' })
    actions.setState(action, 'CHALLENGE_REQUIRED')
    actions.complete(action, 'PASSKEY', 'a1')
    expect(action).toMatchObject({ verificationMethod: 'PASSKEY', verifiedByAuthenticatorId: 'a1' })
  })
})

describe('the browsers of passkey calls', () => {
  test('are found by their cookie until they expire', () => {
    const { browsers } = service
    const browser = browsers.create()
    expect(browser.cookieId).toMatch(/^[\da-f-]{36}$/)
    expect(browsers.find(browser.cookieId)).toBeUndefined()
    browsers.add(browser)
    expect(browsers.find(browser.cookieId)).toBe(browser)
    expect(browsers.find(undefined)).toBeUndefined()
    expect(browsers.find('another')).toBeUndefined()
    vi.setSystemTime(START + 10 * MINUTE - 1)
    expect(browsers.find(browser.cookieId)).toBe(browser)
    vi.setSystemTime(START + 10 * MINUTE)
    expect(browsers.find(browser.cookieId)).toBeUndefined()
  })
})

describe('sessions', () => {
  const ISSUER = 'http://localhost:4010'
  const claimsOf = (jwt: string) => JSON.parse(atob(jwt.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')))

  test('are read by their access token for an hour', async () => {
    const { accessToken, refreshToken } = await service.sessions.create(owner('jane'), ISSUER)
    expect(refreshToken).toMatch(/^[\da-f]{64}$/)
    const { session, expiresAt } = await service.sessions.read(accessToken)
    expect(session).toMatchObject({ ...owner('jane'), refreshToken })
    expect(expiresAt).toBe((START + 60 * MINUTE) / 1000)
    expect(claimsOf(accessToken)).toMatchObject({
      iss: ISSUER,
      aud: 'app',
      sub: 'jane',
      sid: session.sessionId,
    })
    vi.setSystemTime(START + 60 * MINUTE)
    await expect(service.sessions.read(accessToken)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('are renewed once by their refresh token, for the same user and app', async () => {
    const { sessions } = service
    await sessions.create(owner('joe'), ISSUER)
    const first = await sessions.create(owner('jane'), ISSUER)
    const second = await sessions.refresh(first.refreshToken, 'http://localhost:4011')
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect((await sessions.read(second.accessToken)).session).toMatchObject(owner('jane'))
    expect(claimsOf(second.accessToken)).toMatchObject({ iss: 'http://localhost:4011', sub: 'jane' })
    await expect(sessions.read(first.accessToken)).rejects.toMatchObject({ code: 'unauthorized' })
    for (const token of [first.refreshToken, '', 'another'])
      await expect(sessions.refresh(token, ISSUER)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(sessions.size).toBe(2)
  })

  test('cannot be renewed at the end of 30 days', async () => {
    const first = await service.sessions.create(owner('jane'), ISSUER)
    const second = await service.sessions.create(owner('jane'), ISSUER)
    vi.setSystemTime(START + 30 * 24 * 60 * MINUTE - 1)
    await service.sessions.refresh(first.refreshToken, ISSUER)
    vi.setSystemTime(START + 30 * 24 * 60 * MINUTE)
    await expect(service.sessions.refresh(second.refreshToken, ISSUER)).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  test('end when they are revoked, and a token of another kind is none of theirs', async () => {
    const { sessions, tokens } = service
    const { accessToken } = await sessions.create(owner('jane'), ISSUER)
    sessions.revoke((await sessions.read(accessToken)).session)
    await expect(sessions.read(accessToken)).rejects.toMatchObject({ code: 'unauthorized' })
    const clientToken = await tokens.issue(caller('jane').action, SCOPES, ISSUER)
    for (const token of [clientToken, '', 'no.jwt.at-all'])
      await expect(sessions.read(token)).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

describe('client tokens', () => {
  const ORIGIN = 'http://localhost:4010'

  test('name their user, action and scopes until they expire', async () => {
    const { action, user } = caller('jane')
    const token = await service.tokens.issue(action, SCOPES, ORIGIN)
    expect(await service.tokens.read(token)).toEqual({
      action,
      user,
      scopes: SCOPES,
      token,
      expiresAt: (START + 10 * MINUTE) / 1000,
    })
    vi.setSystemTime(START + 10 * MINUTE)
    await expect(service.tokens.read(token)).rejects.toMatchObject({ code: 'expired_token' })
  })

  test.each<[string, () => void]>([
    ['the user was deleted', () => service.users.clear()],
    ['the action was deleted', () => service.actions.clear()],
    [
      'the action was deleted and tracked again',
      () => {
        service.actions.clear()
        caller('jane')
      },
    ],
  ])('are invalid when %s', async (_, change) => {
    const token = await service.tokens.issue(caller('jane').action, SCOPES, ORIGIN)
    change()
    await expect(service.tokens.read(token)).rejects.toMatchObject({ code: 'invalid_token' })
  })

  test('are no access tokens, nor signed JWTs with other claims', async () => {
    const { accessToken } = await service.sessions.create(owner('jane'), ORIGIN)
    const other = await service.keys.sign('JWT', { scope: 'read:authenticators' }, MINUTE)
    for (const token of [accessToken, other, ''])
      await expect(service.tokens.read(token)).rejects.toMatchObject({ code: 'invalid_token' })
  })
})

/** What the channels beyond the one-time codes send, and how they read the responses. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientOf, json } from './service.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const sent = (received: ReturnType<typeof clientOf>['received']) =>
  received.map(({ method, url, authorization, body }) => [method, new URL(url).pathname, authorization, body])

describe('totp', () => {
  test('enroll() returns what an authenticator app needs', async () => {
    const body = { userAuthenticatorId: 'a1', userId: 'u1', uri: 'otpauth://totp/x', secret: 'ABC' }
    const { authsignal, received } = clientOf(() => json(body))
    expect((await authsignal.totp.enroll()).data).toEqual(body)
    expect(sent(received)).toEqual([
      ['POST', '/v1/client/user-authenticators/totp', 'Bearer first-token', undefined],
    ])
  })

  test('verify() sends the code, and the client has the new token', async () => {
    const { authsignal, received } = clientOf(() => json({ isVerified: true, accessToken: 't2' }))
    expect(await authsignal.totp.verify({ code: '123 456' })).toMatchObject({ isVerified: true, token: 't2' })
    await authsignal.totp.verify({ code: '1' })
    expect(sent(received)).toEqual([
      ['POST', '/v1/client/verify/totp', 'Bearer first-token', { verificationCode: '123456' }],
      ['POST', '/v1/client/verify/totp', 'Bearer t2', { verificationCode: '1' }],
    ])
  })
})

describe('emailML', () => {
  test('enroll() and challenge() send a link', async () => {
    const { authsignal, received } = clientOf(() =>
      json({ userAuthenticatorId: 'a1', userId: 'u1', challengeId: 'c1' }),
    )
    await authsignal.emailML.enroll({ email: 'jane@example.com' })
    await authsignal.emailML.challenge()
    expect(sent(received)).toEqual([
      [
        'POST',
        '/v1/client/user-authenticators/email-magic-link',
        'Bearer first-token',
        { email: 'jane@example.com' },
      ],
      ['POST', '/v1/client/challenge/email-magic-link', 'Bearer first-token', undefined],
    ])
  })

  test('checkVerificationStatus() polls every second until the link was opened', async () => {
    let polls = 0
    const { authsignal, received } = clientOf(() =>
      json(++polls === 3 ? { isVerified: true, accessToken: 't2' } : { isVerified: false }),
    )
    const waiting = authsignal.emailML.checkVerificationStatus()
    await vi.advanceTimersByTimeAsync(2000)
    expect(await waiting).toMatchObject({ isVerified: true, token: 't2' })
    expect(sent(received)).toEqual(
      Array(3).fill(['POST', '/v1/client/verify/email-magic-link/finalize', 'Bearer first-token', {}]),
    )
  })

  test('checkVerificationStatus() ends when its signal aborts', async () => {
    const { authsignal } = clientOf(() => json({ isVerified: false }))
    const controller = new AbortController()
    const waiting = authsignal.emailML.checkVerificationStatus({ signal: controller.signal })
    await vi.advanceTimersByTimeAsync(1500)
    controller.abort()
    expect(await waiting).toMatchObject({ errorCode: 'aborted' })
  })
})

describe('push', () => {
  test('challenge() names the action, and the device when there is one', async () => {
    const { authsignal, received } = clientOf(() => json({ challengeId: 'c1', deliveryResults: [] }))
    await authsignal.push.challenge({ action: 'pay' })
    await authsignal.push.challenge({ action: 'pay', userAuthenticatorId: 'a1' })
    expect(sent(received)).toEqual([
      ['POST', '/v1/client/challenge/push', 'Bearer first-token', { action: 'pay' }],
      [
        'POST',
        '/v1/client/challenge/push',
        'Bearer first-token',
        { action: 'pay', userAuthenticatorId: 'a1' },
      ],
    ])
  })

  test.each([
    [
      'approved',
      { isVerified: true, isConsumed: true, accessToken: 't2' },
      { isVerified: true, token: 't2' },
    ],
    ['rejected', { isVerified: false, isConsumed: true }, { isVerified: false, isConsumed: true }],
  ])('waitForResult() waits until the user has %s', async (_, decision, outcome) => {
    let polls = 0
    const { authsignal, received } = clientOf(() =>
      json(++polls === 3 ? decision : { isVerified: false, isConsumed: false }),
    )
    const waiting = authsignal.push.waitForResult({ challengeId: 'c1' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(await waiting).toMatchObject(outcome)
    expect(sent(received)).toEqual(
      Array(3).fill(['POST', '/v1/client/verify/push', 'Bearer first-token', { challengeId: 'c1' }]),
    )
  })

  test('verify() sends one request', async () => {
    const { authsignal, received } = clientOf(() => json({ isVerified: false, isConsumed: false }))
    expect(await authsignal.push.verify({ challengeId: 'c1' })).toMatchObject({ isConsumed: false })
    expect(received).toHaveLength(1)
  })
})

describe('initAdvancedProfiling()', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('script, noscript')) element.remove()
  })

  test('adds the script and the pixel of a new profile, and forgets the earlier one', () => {
    const { authsignal } = clientOf(() => json({}))
    expect(authsignal.profilingId).toBe('')
    authsignal.initAdvancedProfiling()
    const first = authsignal.profilingId
    authsignal.initAdvancedProfiling('https://profile.example.com/')
    const { profilingId } = authsignal
    expect(profilingId).toMatch(/^[\da-f-]{36}$/)
    expect(profilingId).not.toBe(first)
    const query = `?org_id=4a08uqve&session_id=${profilingId}`
    expect([...document.querySelectorAll('script')].map(({ id, src }) => [id, src])).toEqual([
      ['as_adv_profile', `https://profile.example.com/fp/tags.js${query}`],
    ])
    expect(document.querySelectorAll('#as_adv_profile_pixel')).toHaveLength(1)
    const frame = document.querySelector('noscript')!.querySelector('iframe')!
    expect(frame.src).toBe(`https://profile.example.com/fp/tags${query}`)
    expect(frame.style).toMatchObject({ position: 'absolute', top: '-5000px' })
    expect(document.cookie).toContain(`__as_pid=${profilingId}`)
  })

  test('an invalid base URL throws', () => {
    const { authsignal } = clientOf(() => json({}))
    expect(() => authsignal.initAdvancedProfiling('javascript:alert(1)')).toThrow('"baseUrl"')
  })
})

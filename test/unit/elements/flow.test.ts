// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CodeScreen, ContactScreen } from '../../../src/elements/challenge/flows/screen.js'
import type { Session } from '../../../src/elements/challenge/session.js'
import { failure, held, on, open, respond, until, VERIFIED } from './harness.js'
import { authenticator, enrolled, notEnrolled, SMS } from './sessions.js'
import { english } from './words.js'

const onlySms = (differences?: Partial<Session>) => enrolled({ authenticators: [SMS], ...differences })

async function type({ step }: CodeScreen, code: string) {
  step.typed.value = code
  await step.check()
}

async function enter({ step }: ContactScreen, value: string) {
  step.typed.value = value
  await step.submit()
}

describe('a challenge', () => {
  test('starts with the code screen of the only method, and sends one code', async () => {
    const { flow, client, host } = open(onlySms())
    await flow.start()
    await type(on(flow, 'code'), '123 456')
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    expect(client.sms.verify).toHaveBeenCalledExactlyOnceWith({ code: '123456' })
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
    expect(on(flow, 'ended')).toMatchObject({ verified: true, exit: 'close' })
  })

  test('lists the methods when there are several, and sends nothing before one is chosen', async () => {
    const { flow, client } = open(enrolled())
    await flow.start()
    const { rows } = on(flow, 'choose')
    expect(client.sms.challenge).not.toHaveBeenCalled()
    rows[1]!.choose()
    expect(client.email.challenge).toHaveBeenCalledOnce()
    on(flow, 'code').useOther?.()
    on(flow, 'choose')
  })

  test('keeps a wrong code in the field with an error, and does not report it as an API error', async () => {
    const { flow, client, host } = open(onlySms())
    client.sms.verify.mockImplementation(() =>
      respond({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }),
    )
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '111111')
    expect(english(screen.step.codeError.value?.text)).toContain('wrong or has expired')
    expect(screen.step.typed.value).toBe('111111')
    expect(host.onError).not.toHaveBeenCalled()
  })

  test('refuses an incomplete code without a request', async () => {
    const { flow, client } = open(onlySms())
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '123')
    expect(english(screen.step.codeError.value?.text)).toContain('6 digits')
    expect(client.sms.verify).not.toHaveBeenCalled()
  })

  test('says how long to wait after too many wrong codes', async () => {
    const { flow, client } = open(enrolled())
    client.sms.verify.mockImplementation(() =>
      respond({ isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }),
    )
    await flow.start()
    on(flow, 'choose').rows[0]!.choose()
    const screen = on(flow, 'code')
    await type(screen, '111111')
    expect(english(screen.step.problem.value?.text)).toMatch(/5 minutes.*another method/)
  })

  test('reports a lost connection to the host page, and tries again with the same code', async () => {
    const { flow, client, host } = open(onlySms())
    client.sms.verify.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '123456')
    expect(host.onError).toHaveBeenCalledOnce()
    screen.step.problem.value?.tryAgain?.()
    await vi.waitFor(() => expect(host.onSuccess).toHaveBeenCalledWith({ token: 'new.token' }))
  })

  test('shows that the session expired, and ends only when the user leaves', async () => {
    const { flow, client, host } = open(onlySms())
    client.sms.verify.mockImplementation(() => failure('expired_token', { status: 401 }))
    await flow.start()
    await type(on(flow, 'code'), '123456')
    expect(english(on(flow, 'notice').notice.title)).toBe('Your session expired')
    expect(host.onSuccess).not.toHaveBeenCalled()
    expect(host.onCancel).not.toHaveBeenCalled()
  })
})

describe('after too many wrong codes', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('no code can be tried or sent for five minutes', async () => {
    const { flow, client } = open(onlySms())
    client.sms.verify.mockImplementationOnce(() =>
      respond({ isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }),
    )
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '111111')
    expect(screen.step.lockedFor.value).toBe(300)
    vi.advanceTimersByTime(299_000)
    await type(screen, '123456')
    await screen.step.resend()
    expect(client.sms.verify).toHaveBeenCalledOnce()
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(1000)
    expect(screen.step.problem.value).toBeUndefined()
    await type(screen, '123456')
    on(flow, 'ended')
  })

  test('a limit of the service counts for as long as it says', async () => {
    const { flow, client } = open(onlySms())
    client.sms.verify.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 60 }))
    await flow.start()
    const { step } = on(flow, 'code')
    await type(on(flow, 'code'), '111111')
    expect(step.lockedFor.value).toBe(60)
    flow.leave()
    vi.advanceTimersByTime(1000)
    expect(step.lockedFor.value).toBe(0)
  })
})

test('a passkey that was used in this browser comes first', async () => {
  const PASSKEY = authenticator('PASSKEY')
  const session = enrolled({ verificationMethods: ['SMS', 'PASSKEY'], authenticators: [SMS, PASSKEY] })
  const token = `e30.${btoa(JSON.stringify({ sub: 'jane' })).replaceAll('=', '')}.x`
  const { flow, client } = open(session, { token })
  client.passkey.isAvailableOnDevice.mockImplementation(async () => true)
  await flow.start()
  expect(client.passkey.isAvailableOnDevice).toHaveBeenCalledExactlyOnceWith({ userId: 'jane' })
  expect(on(flow, 'choose').rows.map(({ method }) => method.id)).toEqual(['PASSKEY', 'SMS'])
})

describe('a resend', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is allowed after 30 seconds, is announced, and empties the field', async () => {
    const { flow, client } = open(onlySms())
    await flow.start()
    const { step } = on(flow, 'code')
    await vi.waitFor(() => expect(step.delivery.value).toBe('sent'))
    step.typed.value = '123'
    expect(step.resendIn.value).toBe(30)
    await step.resend()
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(30_000)
    await step.resend()
    expect(client.sms.challenge).toHaveBeenCalledTimes(2)
    expect(english(step.status.value)).toBe('New code sent.')
    expect(step.typed.value).toBe('')
  })

  test('waits for as long as `retryAfter` says', async () => {
    const { flow, client } = open(onlySms())
    client.sms.challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 2 }))
    await flow.start()
    const { step } = on(flow, 'code')
    await vi.waitFor(() => expect(step.resendIn.value).toBe(2))
    await step.resend()
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(2000)
    expect(step.resendIn.value).toBe(0)
    await step.resend()
    expect(client.sms.challenge).toHaveBeenCalledTimes(2)
  })

  test('stops its countdown when the user leaves', async () => {
    const { flow, client } = open(onlySms())
    client.sms.challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 60 }))
    await flow.start()
    const { step } = on(flow, 'code')
    await vi.waitFor(() => expect(step.resendIn.value).toBe(60))
    flow.leave()
    vi.advanceTimersByTime(1000)
    expect(step.resendIn.value).toBe(0)
  })

  test('starts no countdown when it is refused after the user has left', async () => {
    const { flow, client } = open(onlySms())
    const sent = held()
    client.sms.challenge.mockImplementationOnce(() => sent.promise)
    await flow.start()
    const { step } = on(flow, 'code')
    flow.leave()
    sent.settle(await failure('too_many_requests', { retryAfter: 60 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(step.resendIn.value).toBe(0)
  })
})

describe('an enrolment', () => {
  test('shows the number field, then the code field', async () => {
    const { flow, client, host } = open(notEnrolled({ verificationMethods: ['SMS'] }))
    await flow.start()
    await enter(on(flow, 'contact'), '+44 7700 900123')
    expect(client.sms.enroll).toHaveBeenCalledExactlyOnceWith({ phoneNumber: '+447700900123' })
    await type(on(flow, 'code'), '123456')
    expect(host.onSuccess).toHaveBeenCalledWith({ token: 'new.token' })
  })

  test('sends no text message before consent, even to a known number', async () => {
    const user = { phoneNumber: '+447700900123' }
    const { flow, client } = open(notEnrolled({ verificationMethods: ['SMS'], smsOptIn: true, user }))
    await flow.start()
    const { step } = on(flow, 'contact')
    expect(step.typed.value).toBe('+447700900123')
    await step.submit()
    expect(step.consentError.value).toBeDefined()
    expect(client.sms.enroll).not.toHaveBeenCalled()
    step.agreed.value = true
    await step.submit()
    expect(client.sms.enroll).toHaveBeenCalledOnce()
    on(flow, 'code')
  })

  test('skips the input for a known address, which can still be changed', async () => {
    const user = { email: 'jo@example.com' }
    const { flow, client } = open(notEnrolled({ verificationMethods: ['EMAIL_OTP'], user }))
    await flow.start()
    expect(client.email.enroll).toHaveBeenCalledExactlyOnceWith({ email: 'jo@example.com' })
    on(flow, 'code').change?.()
    expect(on(flow, 'contact').step.typed.value).toBe('jo@example.com')
  })

  test('shows the number field when the service refuses the known number', async () => {
    const user = { phoneNumber: '+447700900123' }
    const { flow, client } = open(notEnrolled({ verificationMethods: ['SMS'], user }))
    client.sms.enroll.mockImplementation(() => failure('invalid_request', { status: 400 }))
    await flow.start()
    await vi.waitFor(() => on(flow, 'contact'))
    expect(english(on(flow, 'contact').step.fieldError.value?.text)).toContain('cannot send')
  })

  test('does not pull the user back when a response comes late', async () => {
    const { flow, client } = open(notEnrolled())
    let settle = (_: object) => {}
    client.sms.enroll.mockImplementation(() => new Promise(resolve => (settle = resolve)))
    await flow.start()
    on(flow, 'choose').rows[0]!.choose()
    const screen = on(flow, 'contact')
    const sent = enter(screen, '+447700900123')
    screen.back?.()
    settle(await respond({ userAuthenticatorId: 'a', userId: 'u' }))
    await sent
    on(flow, 'choose')
  })

  test('follows the challenge when the app forces it, and can be skipped', async () => {
    const { flow, host } = open(onlySms(), { forceEnrollment: true })
    await flow.start()
    await type(on(flow, 'code'), '123456')
    const { rows } = await until(flow, 'choose')
    rows[0]!.choose()
    on(flow, 'contact')
    expect(host.onSuccess).not.toHaveBeenCalled()
    flow.leave()
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })
})

describe('leaving', () => {
  test('cancels once', async () => {
    const { flow, host } = open(onlySms())
    await flow.start()
    flow.leave()
    flow.leave()
    expect(host.onCancel).toHaveBeenCalledOnce()
    expect(host.onSuccess).not.toHaveBeenCalled()
    expect(on(flow, 'ended').verified).toBe(false)
  })

  test('reports where the app wants the user back', async () => {
    const redirectUrl = 'https://app.example/?x=1'
    const { flow, host } = open(onlySms({ redirectUrl }), { exit: url => (url ? 'return' : 'none') })
    expect(flow.exit()).toBe('none')
    await flow.start()
    expect(flow.exit()).toBe('return')
    flow.leave()
    expect(host.onCancel).toHaveBeenCalledExactlyOnceWith({ redirectUrl })
    expect(on(flow, 'ended').exit).toBe('return')
  })
})

describe('a stopped flow', () => {
  test('calls no handler and changes no screen, even when a response comes late', async () => {
    const { flow, client, host } = open(onlySms())
    const verified = held()
    client.sms.verify.mockImplementation(() => verified.promise)
    await flow.start()
    const checked = type(on(flow, 'code'), '123456')
    flow.stop()
    verified.settle(await respond(VERIFIED))
    await checked
    flow.leave()
    on(flow, 'code')
    expect(Object.values(host).flatMap(handler => handler.mock.calls)).toEqual([])
  })
})

describe('a session that cannot start', () => {
  test.each([
    [undefined, 'This link is incomplete'],
    ['not a token', 'This link does not work'],
  ])('with the token %j says so without a request', async (token, title) => {
    const { flow, client } = open(enrolled(), { token })
    await flow.start()
    expect(english(on(flow, 'notice').notice.title)).toBe(title)
    expect(client.session.init).not.toHaveBeenCalled()
  })

  test('is tried again after a lost connection', async () => {
    const { flow, client } = open(enrolled())
    client.session.init.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const { notice, tryAgain } = on(flow, 'notice')
    expect(english(notice.title)).toBe('No connection')
    tryAgain?.()
    await vi.waitFor(() => on(flow, 'choose'))
  })
})

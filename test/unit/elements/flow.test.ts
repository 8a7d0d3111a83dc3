import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CodeScreen, ContactScreen } from '../../../src/elements/challenge/flows/screen.js'
import type { ChallengeOptions } from '../../../src/elements/challenge/session.js'
import { answer, failure, on, open } from './harness.js'
import { enrolled, notEnrolled, SMS } from './sessions.js'

const onlySms = (differences?: Partial<ChallengeOptions>) =>
  enrolled({ authenticators: [SMS], ...differences })

async function type({ step }: CodeScreen, code: string) {
  step.typed.value = code
  await step.check()
}

async function enter({ step }: ContactScreen, value: string) {
  step.typed.value = value
  await step.submit()
}

describe('a challenge', () => {
  test('goes straight to the code screen of the only method and sends one code', async () => {
    const { flow, client, opener } = open(onlySms())
    await flow.start()
    await type(on(flow, 'code'), '123 456')
    expect(client.sms.challenge).toHaveBeenCalledOnce()
    expect(client.sms.verify).toHaveBeenCalledExactlyOnceWith({ code: '123456' })
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
    expect(on(flow, 'ended')).toMatchObject({ verified: true, next: 'opener-closes' })
  })

  test('asks which method when there are several, and sends nothing before', async () => {
    const { flow, client } = open(enrolled())
    await flow.start()
    const { rows } = on(flow, 'choose')
    expect(client.sms.challenge).not.toHaveBeenCalled()
    rows[1]!.choose()
    expect(client.email.challenge).toHaveBeenCalledOnce()
    on(flow, 'code').useOther?.()
    on(flow, 'choose')
  })

  test('keeps a wrong code on screen with an error, and does not call it an API error', async () => {
    const { flow, client, opener } = open(onlySms())
    client.sms.verify.mockImplementation(() =>
      answer({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' }),
    )
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '111111')
    expect(screen.step.codeError.value?.text).toContain('wrong or has expired')
    expect(screen.step.typed.value).toBe('111111')
    expect(opener.apiError).not.toHaveBeenCalled()
  })

  test('refuses an incomplete code without asking the service', async () => {
    const { flow, client } = open(onlySms())
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '123')
    expect(screen.step.codeError.value?.text).toContain('6 digits')
    expect(client.sms.verify).not.toHaveBeenCalled()
  })

  test('says how long to wait when too many codes were tried', async () => {
    const { flow, client } = open(enrolled())
    client.sms.verify.mockImplementation(() =>
      answer({ isVerified: false, failureReason: 'MAX_ATTEMPTS_EXCEEDED' }),
    )
    await flow.start()
    on(flow, 'choose').rows[0]!.choose()
    const screen = on(flow, 'code')
    await type(screen, '111111')
    expect(screen.step.problem.value?.text).toMatch(/5 minutes.*another method/)
  })

  test('tells the opener of a lost connection, and tries again with the same code', async () => {
    const { flow, client, opener } = open(onlySms())
    client.sms.verify.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const screen = on(flow, 'code')
    await type(screen, '123456')
    expect(opener.apiError).toHaveBeenCalledOnce()
    screen.step.problem.value?.tryAgain?.()
    await vi.waitFor(() => expect(opener.close).toHaveBeenCalledWith('new.token'))
  })

  test('shows that the session expired and stays, until the user closes it', async () => {
    const { flow, client, opener, navigate } = open(onlySms({ redirectUrl: 'https://app.example/' }), {
      mode: 'redirect',
    })
    client.sms.verify.mockImplementation(() => failure('expired_token', { status: 401 }))
    await flow.start()
    await type(on(flow, 'code'), '123456')
    expect(on(flow, 'notice').notice.title).toBe('Your session expired')
    expect(navigate).not.toHaveBeenCalled()
    expect(opener.close).not.toHaveBeenCalled()
  })
})

describe('a resend', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('says so, and empties the field', async () => {
    const { flow, client } = open(onlySms())
    await flow.start()
    const { step } = on(flow, 'code')
    await vi.waitFor(() => expect(step.delivery.value).toBe('sent'))
    step.typed.value = '123'
    await step.resend()
    expect(client.sms.challenge).toHaveBeenCalledTimes(2)
    expect(step.status.value).toBe('New code sent.')
    expect(step.typed.value).toBe('')
  })

  test('waits as long as the service asks for', async () => {
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

  test('leaves no timer behind when the user goes elsewhere', async () => {
    const { flow, client } = open(onlySms())
    client.sms.challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 60 }))
    await flow.start()
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
    flow.leave()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('an enrolment', () => {
  test('asks for the number, then for the code', async () => {
    const { flow, client, opener } = open(notEnrolled({ verificationMethods: ['SMS'] }))
    await flow.start()
    await enter(on(flow, 'contact'), '+44 7700 900123')
    expect(client.sms.enroll).toHaveBeenCalledExactlyOnceWith({ phoneNumber: '+447700900123' })
    await type(on(flow, 'code'), '123456')
    expect(opener.close).toHaveBeenCalledWith('new.token')
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

  test('asks for another value when the service refuses the known one', async () => {
    const user = { phoneNumber: '+447700900123' }
    const { flow, client } = open(notEnrolled({ verificationMethods: ['SMS'], user }))
    client.sms.enroll.mockImplementation(() => failure('invalid_request', { status: 400 }))
    await flow.start()
    await vi.waitFor(() => on(flow, 'contact'))
    expect(on(flow, 'contact').step.fieldError.value?.text).toContain('cannot send')
  })

  test('does not pull the user back when an answer comes late', async () => {
    const { flow, client } = open(notEnrolled())
    let settle = (_: object) => {}
    client.sms.enroll.mockImplementation(() => new Promise(resolve => (settle = resolve)))
    await flow.start()
    on(flow, 'choose').rows[0]!.choose()
    const screen = on(flow, 'contact')
    const sent = enter(screen, '+447700900123')
    screen.back?.()
    settle(await answer({ userAuthenticatorId: 'a', userId: 'u' }))
    await sent
    on(flow, 'choose')
  })

  test('comes after the challenge when the app forces it, and may be put off', async () => {
    const { flow, opener } = open(onlySms(), { forceEnrollment: true })
    await flow.start()
    await type(on(flow, 'code'), '123456')
    on(flow, 'choose').rows[0]!.choose()
    on(flow, 'contact')
    expect(opener.close).not.toHaveBeenCalled()
    flow.leave()
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })
})

describe('leaving', () => {
  test('closes the popup once, without a token', async () => {
    const { flow, opener } = open(onlySms())
    await flow.start()
    flow.leave()
    flow.leave()
    expect(opener.close).toHaveBeenCalledExactlyOnceWith(undefined)
    expect(on(flow, 'ended').verified).toBe(false)
  })

  test('returns to the app with the unverified token', async () => {
    const { flow, navigate } = open(onlySms({ redirectUrl: 'https://app.example/?x=1' }), {
      mode: 'redirect',
    })
    await flow.start()
    flow.leave()
    expect(navigate).toHaveBeenCalledExactlyOnceWith('https://app.example/?x=1&token=track.token')
  })

  test('is not offered when there is nowhere to go', async () => {
    const { flow } = open(onlySms(), { mode: 'redirect' })
    await flow.start()
    expect(flow.canLeave()).toBe(false)
  })
})

describe('a session that cannot begin', () => {
  test.each([
    [undefined, 'This link is incomplete'],
    ['not a token', 'This link does not work'],
  ])('with the token %j says so without asking the service', async (token, title) => {
    const { flow, client } = open(enrolled(), { token })
    await flow.start()
    expect(on(flow, 'notice').notice.title).toBe(title)
    expect(client.session.init).not.toHaveBeenCalled()
  })

  test('is tried again after a lost connection', async () => {
    const { flow, client } = open(enrolled())
    client.session.init.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const { notice, tryAgain } = on(flow, 'notice')
    expect(notice.title).toBe('No connection')
    tryAgain?.()
    await vi.waitFor(() => on(flow, 'choose'))
  })
})

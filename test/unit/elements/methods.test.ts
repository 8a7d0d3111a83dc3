/** The ways through the page of the methods that are no codes by message. */
import { WebAuthnError } from 'authsignal-channels'
import { describe, expect, test, vi } from 'vitest'
import { answer, failure, held, on, open, until, VERIFIED } from './harness.js'
import { authenticator, enrolled, enrolledBy, notEnrolled, SMS } from './sessions.js'

const CANCELLED = new WebAuthnError({
  message: 'The operation was not allowed.',
  code: 'ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY',
  cause: new DOMException('The operation was not allowed.', 'NotAllowedError'),
})

describe('a magic link', () => {
  const LINK = authenticator('EMAIL_MAGIC_LINK', { email: 'j***@example.com' })

  test('is sent at once, and waited for', async () => {
    const { flow, client, opener } = open(enrolledBy(LINK))
    const opened = held()
    client.emailML.checkVerificationStatus.mockImplementation(() => opened.promise)
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.waiting.value).toBe(true))
    expect(client.emailML.challenge).toHaveBeenCalledOnce()
    opened.settle(await answer(VERIFIED))
    await until(flow, 'ended')
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })

  test('is sent again on request, and the wait for the first one ends', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementation(() => held().promise)
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.waiting.value).toBe(true))
    await step.resend()
    expect(step.status.value).toBe('New link sent.')
    const [first, second] = client.emailML.checkVerificationStatus.mock.calls.map(([{ signal }]) => signal!)
    expect([first!.aborted, second!.aborted]).toEqual([true, false])
  })

  test('is not waited for any more when the user goes elsewhere, and the opener hears nothing of it', async () => {
    const { flow, client, opener } = open(
      enrolled({
        authenticators: [SMS, LINK],
        verificationMethods: ['EMAIL_MAGIC_LINK', 'SMS'],
      }),
    )
    client.emailML.checkVerificationStatus.mockImplementation(
      ({ signal }) =>
        new Promise(resolve => {
          signal!.addEventListener('abort', () => resolve(failure('aborted')))
        }),
    )
    await flow.start()
    on(flow, 'choose')
      .rows.find(({ method }) => method.id === 'EMAIL_MAGIC_LINK')!
      .choose()
    const { step, useOther } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.waiting.value).toBe(true))
    useOther?.()
    await Promise.resolve()
    expect(client.emailML.checkVerificationStatus.mock.calls[0]![0].signal!.aborted).toBe(true)
    expect(opener.apiError).not.toHaveBeenCalled()
    on(flow, 'choose')
  })

  test('that is still being sent when the user goes elsewhere is not waited for', async () => {
    const { flow, client } = open(
      enrolled({ authenticators: [SMS, LINK], verificationMethods: ['EMAIL_MAGIC_LINK', 'SMS'] }),
    )
    const sent = held()
    client.emailML.challenge.mockImplementation(() => sent.promise)
    await flow.start()
    on(flow, 'choose')
      .rows.find(({ method }) => method.id === 'EMAIL_MAGIC_LINK')!
      .choose()
    on(flow, 'wait').useOther?.()
    sent.settle(await answer({ challengeId: 'c' }))
    await new Promise(resolve => setTimeout(resolve))
    expect(client.emailML.checkVerificationStatus).not.toHaveBeenCalled()
    on(flow, 'choose')
  })

  test('that nobody opened in time can be sent again', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementationOnce(() => failure('timeout'))
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.problem.value?.text).toContain('no answer in time'))
    step.problem.value!.tryAgain!()
    await until(flow, 'ended')
    expect(client.emailML.challenge).toHaveBeenCalledTimes(2)
  })

  test('is waited for again after a lost connection, without another one being sent', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.problem.value?.text).toContain('No connection'))
    step.problem.value!.tryAgain!()
    await until(flow, 'ended')
    expect(client.emailML.challenge).toHaveBeenCalledOnce()
  })

  test('enrols an address: the call that adds it sends the link', async () => {
    const { flow, client, opener } = open(notEnrolled({ verificationMethods: ['EMAIL_MAGIC_LINK'] }))
    await flow.start()
    const { step } = on(flow, 'contact')
    step.typed.value = 'jo@example.com'
    await step.submit()
    await until(flow, 'ended')
    expect(client.emailML.enroll).toHaveBeenCalledExactlyOnceWith({ email: 'jo@example.com' })
    expect(client.emailML.challenge).not.toHaveBeenCalled()
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })
})

describe('a push notification', () => {
  const PHONE = authenticator('PUSH', { displayName: 'Pixel' })

  test('asks for the action of the session, and waits for the answer to it', async () => {
    const { flow, client, opener } = open(enrolledBy(PHONE))
    await flow.start()
    await until(flow, 'ended')
    expect(client.push.challenge).toHaveBeenCalledExactlyOnceWith({ action: 'pay' })
    expect(client.push.waitForResult.mock.calls[0]![0]).toMatchObject({ challengeId: 'c' })
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })

  test('that is rejected ends the session, as nothing can change that', async () => {
    const { flow, client, opener } = open(enrolledBy(PHONE))
    client.push.waitForResult.mockImplementation(() => answer({ isVerified: false, isConsumed: true }))
    await flow.start()
    const { notice, tryAgain } = await until(flow, 'notice')
    expect(notice.title).toBe('You rejected this request')
    expect(tryAgain).toBeUndefined()
    expect(opener.close).not.toHaveBeenCalled()
    flow.leave()
    expect(opener.close).toHaveBeenCalledExactlyOnceWith(undefined)
  })
})

describe('an authenticator app', () => {
  test('is asked for its code, and nothing is sent', async () => {
    const { flow, client, opener } = open(enrolledBy(authenticator('AUTHENTICATOR_APP')))
    await flow.start()
    const { step } = on(flow, 'code')
    step.typed.value = '123456'
    await step.check()
    expect(client.totp.verify).toHaveBeenCalledExactlyOnceWith({ code: '123456' })
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })

  test('keeps its secret when the user goes back to it', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['AUTHENTICATOR_APP'] }))
    await flow.start()
    const { step } = on(flow, 'app')
    await vi.waitFor(() => expect(step.secret.value?.secret).toBe('ABCDEFGH'))
    step.onScanned()
    on(flow, 'code').back?.()
    expect(on(flow, 'app').step.secret.value?.secret).toBe('ABCDEFGH')
    expect(client.totp.enroll).toHaveBeenCalledOnce()
  })

  test('gets its secret after a lost connection', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['AUTHENTICATOR_APP'] }))
    client.totp.enroll.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const { step } = on(flow, 'app')
    await vi.waitFor(() => expect(step.problem.value).toBeDefined())
    step.problem.value!.tryAgain!()
    await vi.waitFor(() => expect(step.secret.value).toBeDefined())
  })
})

describe('a passkey', () => {
  const PASSKEY = authenticator('PASSKEY')

  test('waits for the click that browsers want, then steps up the user of the token', async () => {
    const { flow, client, opener } = open(enrolledBy(PASSKEY))
    await flow.start()
    const { step } = on(flow, 'ceremony')
    expect(client.passkey.signIn).not.toHaveBeenCalled()
    await step.start()
    expect(client.passkey.signIn.mock.calls[0]![0]).toMatchObject({ token: 'track.token' })
    expect(opener.close).toHaveBeenCalledExactlyOnceWith('new.token')
  })

  test('that is cancelled is no API error, and can be tried again', async () => {
    const { flow, client, opener } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockRejectedValueOnce(CANCELLED)
    await flow.start()
    const { step } = on(flow, 'ceremony')
    await step.start()
    expect(step.problem.value).toMatchObject({ calm: true, text: expect.stringContaining('cancelled') })
    expect(opener.apiError).not.toHaveBeenCalled()
    await step.start()
    on(flow, 'ended')
  })

  test('that the service does not know is told apart from a cancel', async () => {
    const { flow, client, opener } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockImplementation(() => failure('unknown_credential', { status: 400 }))
    await flow.start()
    const { step } = on(flow, 'ceremony')
    await step.start()
    expect(step.problem.value?.text).toContain('not one of yours')
    expect(opener.apiError).toHaveBeenCalledOnce()
  })

  test('is not waited for when the user takes another method', async () => {
    const { flow, client } = open(
      enrolled({ authenticators: [SMS, PASSKEY], verificationMethods: ['PASSKEY', 'SMS'] }),
    )
    const prompt = held()
    client.passkey.signIn.mockImplementation(() => prompt.promise)
    await flow.start()
    on(flow, 'choose')
      .rows.find(({ method }) => method.id === 'PASSKEY')!
      .choose()
    const { step, useOther } = on(flow, 'ceremony')
    const started = step.start()
    useOther?.()
    expect(client.passkey.signIn.mock.calls[0]![0].signal!.aborted).toBe(true)
    prompt.settle(await answer(VERIFIED))
    await started
    on(flow, 'choose')
  })

  test('that cannot be made in a frame is said to be one reason', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['PASSKEY'] }), {}, true)
    client.passkey.signUp.mockRejectedValueOnce(CANCELLED)
    await flow.start()
    const { step } = on(flow, 'ceremony')
    await step.start()
    expect(step.problem.value?.text).toContain('another method')
  })

  test('that is there already is named as such', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['PASSKEY'] }))
    const code = 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
    client.passkey.signUp.mockRejectedValueOnce(
      new WebAuthnError({ message: '', code, cause: new DOMException('', 'InvalidStateError') }),
    )
    await flow.start()
    const { step } = on(flow, 'ceremony')
    await step.start()
    expect(step.problem.value?.text).toBe('You have added this passkey before.')
  })

  test('in a browser that has never heard of it says so', async () => {
    const { flow, client } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockRejectedValueOnce(new Error('WebAuthn is not supported in this browser'))
    await flow.start()
    const { step } = on(flow, 'ceremony')
    await step.start()
    expect(step.problem.value?.text).toBe('This browser cannot use a passkey here.')
  })
})

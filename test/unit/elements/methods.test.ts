// @vitest-environment node
/** The flows of the methods other than codes by message. */
import { WebAuthnError } from 'authsignal-channels'
import { describe, expect, test, vi } from 'vitest'
import { ALL } from '../../../src/elements/challenge/all.js'
import { qrPicture } from '../../../src/elements/qr-picture.js'
import { failure, held, on, open, respond, until, VERIFIED } from './harness.js'
import { authenticator, enrolled, enrolledBy, notEnrolled, SMS } from './sessions.js'
import { english } from './words.js'

const CANCELLED = new WebAuthnError({
  message: 'The operation was not allowed.',
  code: 'ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY',
  cause: new DOMException('The operation was not allowed.', 'NotAllowedError'),
})

describe('a magic link', () => {
  const LINK = authenticator('EMAIL_MAGIC_LINK', { email: 'j***@example.com' })

  test('is sent at once, and waited for', async () => {
    const { flow, client, host } = open(enrolledBy(LINK))
    const opened = held()
    client.emailML.checkVerificationStatus.mockImplementation(() => opened.promise)
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.waiting.value).toBe(true))
    expect(client.emailML.challenge).toHaveBeenCalledOnce()
    opened.settle(await respond(VERIFIED))
    await until(flow, 'ended')
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })

  test('is sent again on request, and the wait for the first one ends', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementation(() => held().promise)
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(step.waiting.value).toBe(true))
    await step.renew()
    expect(english(step.status.value)).toBe('New link sent.')
    const [first, second] = client.emailML.checkVerificationStatus.mock.calls.map(([{ signal }]) => signal!)
    expect([first!.aborted, second!.aborted]).toEqual([true, false])
  })

  test('is no longer waited for when the user takes another method, and nothing is reported', async () => {
    const { flow, client, host } = open(
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
    expect(host.onError).not.toHaveBeenCalled()
    on(flow, 'choose')
  })

  test('that is still being sent when the user takes another method is not waited for', async () => {
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
    sent.settle(await respond({ challengeId: 'c' }))
    await new Promise(resolve => setTimeout(resolve))
    expect(client.emailML.checkVerificationStatus).not.toHaveBeenCalled()
    on(flow, 'choose')
  })

  test('that was not opened in time can be sent again', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementationOnce(() => failure('timeout'))
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(english(step.problem.value?.text)).toContain('no response in time'))
    step.problem.value!.tryAgain!()
    await until(flow, 'ended')
    expect(client.emailML.challenge).toHaveBeenCalledTimes(2)
  })

  test('is waited for again after a lost connection, without another one being sent', async () => {
    const { flow, client } = open(enrolledBy(LINK))
    client.emailML.checkVerificationStatus.mockImplementationOnce(() => failure('network_error'))
    await flow.start()
    const { step } = on(flow, 'wait')
    await vi.waitFor(() => expect(english(step.problem.value?.text)).toContain('No connection'))
    step.problem.value!.tryAgain!()
    await until(flow, 'ended')
    expect(client.emailML.challenge).toHaveBeenCalledOnce()
  })

  test('enrols an address with one call, which also sends the link', async () => {
    const { flow, client, host } = open(notEnrolled({ verificationMethods: ['EMAIL_MAGIC_LINK'] }))
    await flow.start()
    const { step } = on(flow, 'contact')
    step.typed.value = 'jo@example.com'
    await step.submit()
    await until(flow, 'ended')
    expect(client.emailML.enroll).toHaveBeenCalledExactlyOnceWith({ email: 'jo@example.com' })
    expect(client.emailML.challenge).not.toHaveBeenCalled()
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })
})

describe('a push notification', () => {
  const PHONE = authenticator('PUSH', { displayName: 'Pixel' })

  test('is sent for the action of the session, and its result is waited for', async () => {
    const { flow, client, host } = open(enrolledBy(PHONE))
    await flow.start()
    await until(flow, 'ended')
    expect(client.push.challenge).toHaveBeenCalledExactlyOnceWith({ action: 'pay' })
    expect(client.push.waitForResult.mock.calls[0]![0]).toMatchObject({ challengeId: 'c' })
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })

  test('that is rejected ends the session, because no other method can change that', async () => {
    const { flow, client, host } = open(enrolledBy(PHONE))
    client.push.waitForResult.mockImplementation(() => respond({ isVerified: false, isConsumed: true }))
    await flow.start()
    const { notice, tryAgain } = await until(flow, 'notice')
    expect(english(notice.title)).toBe('You rejected this request')
    expect(tryAgain).toBeUndefined()
    expect(host.onSuccess).not.toHaveBeenCalled()
    flow.leave()
    expect(host.onCancel).toHaveBeenCalledOnce()
    expect(host.onSuccess).not.toHaveBeenCalled()
  })
})

describe('an authenticator app', () => {
  test('shows the code field, and sends nothing', async () => {
    const { flow, client, host } = open(enrolledBy(authenticator('AUTHENTICATOR_APP')))
    await flow.start()
    const { step } = on(flow, 'code')
    step.typed.value = '123456'
    await step.check()
    expect(client.totp.verify).toHaveBeenCalledExactlyOnceWith({ code: '123456' })
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
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

  test('starts on a click, which browsers require, and verifies the user of the token', async () => {
    const { flow, client, host } = open(enrolledBy(PASSKEY))
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    expect(client.passkey.signIn).not.toHaveBeenCalled()
    await step.start()
    expect(client.passkey.signIn.mock.calls[0]![0]).toMatchObject({ token: 'track.token' })
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })

  test('that is cancelled is no API error, and can be tried again', async () => {
    const { flow, client, host } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockRejectedValueOnce(CANCELLED)
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    await step.start()
    expect(step.problem.value?.calm).toBe(true)
    expect(english(step.problem.value?.text)).toContain('cancelled')
    expect(host.onError).not.toHaveBeenCalled()
    await step.start()
    on(flow, 'ended')
  })

  test('that the service does not know has another text than a cancelled one', async () => {
    const { flow, client, host } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockImplementation(() => failure('unknown_credential', { status: 400 }))
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    await step.start()
    expect(english(step.problem.value?.text)).toContain('not linked to your account')
    expect(host.onError).toHaveBeenCalledOnce()
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
    const { step, useOther } = await until(flow, 'ceremony')
    const started = step.start()
    useOther?.()
    expect(client.passkey.signIn.mock.calls[0]![0].signal!.aborted).toBe(true)
    prompt.settle(await respond(VERIFIED))
    await started
    on(flow, 'choose')
  })

  test('that could not be added in a frame points to other methods', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['PASSKEY'] }), { isFramed: true })
    client.passkey.signUp.mockRejectedValueOnce(CANCELLED)
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    await step.start()
    expect(english(step.problem.value?.text)).toContain('another method')
  })

  test('that the user has already has a text of its own', async () => {
    const { flow, client } = open(notEnrolled({ verificationMethods: ['PASSKEY'] }))
    const code = 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
    client.passkey.signUp.mockRejectedValueOnce(
      new WebAuthnError({ message: '', code, cause: new DOMException('', 'InvalidStateError') }),
    )
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    await step.start()
    expect(english(step.problem.value?.text)).toBe('You have already added this passkey.')
  })

  test('that the browser does not support has a text of its own', async () => {
    const { flow, client } = open(enrolledBy(PASSKEY))
    client.passkey.signIn.mockRejectedValueOnce(new Error('WebAuthn is not supported in this browser'))
    await flow.start()
    const { step } = await until(flow, 'ceremony')
    await step.start()
    expect(english(step.problem.value?.text)).toBe('This browser cannot use a passkey here.')
  })
})

describe('a QR code', () => {
  const methods = [ALL.qrCode]

  async function show() {
    const { flow, client, host } = open(enrolledBy(SMS), { methods })
    await flow.start()
    const { step } = await until(flow, 'scan')
    await vi.waitFor(() => expect(step.picture.value).toEqual(qrPicture('c')))
    const [input] = client.qrCode.challenge.mock.calls[0]!
    return { flow, client, host, step, input }
  }

  test('is shown for the action of the session, and its approval verifies the user', async () => {
    const { flow, host, step, input } = await show()
    expect(input.action).toBe('pay')
    input.onStateChange('claimed')
    expect(english(step.status.value)).toContain('scanned')
    input.onStateChange('approved', 'new.token')
    on(flow, 'ended')
    expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
  })

  test('that is rejected ends the session, because no other method can change that', async () => {
    const { flow, host, input } = await show()
    input.onStateChange('rejected')
    expect(english(on(flow, 'notice').notice.title)).toBe('You rejected this request')
    expect(host.onSuccess).not.toHaveBeenCalled()
  })

  test('is replaced by the next one, which is announced', async () => {
    const { step, input } = await show()
    input.onStateChange('claimed')
    input.onRefresh!('c2', '')
    await vi.waitFor(() => expect(step.picture.value).toEqual(qrPicture('c2')))
    expect(english(step.status.value)).toContain('a new code')
  })

  test('that can no longer be followed is reported, and can be shown again', async () => {
    const { client, host, step, input } = await show()
    input.onError!(await failure('network_error'))
    await vi.waitFor(() => expect(english(step.problem.value?.text)).toContain('No connection'))
    expect(host.onError).toHaveBeenCalledOnce()
    step.problem.value!.tryAgain!()
    await vi.waitFor(() => expect(step.picture.value).toBeDefined())
    expect(step.problem.value).toBeUndefined()
    expect(client.qrCode.challenge).toHaveBeenCalledTimes(2)
  })

  test('that cannot be created is reported, and a session that is over ends with a notice', async () => {
    const { flow, client, host } = open(enrolledBy(SMS), { methods })
    client.qrCode.challenge.mockImplementationOnce(() => failure('expired_token', { status: 401 }))
    await flow.start()
    expect(english((await until(flow, 'notice')).notice.title)).toBe('Your session expired')
    expect(host.onError).toHaveBeenCalledOnce()
  })

  test('is no longer followed when the user leaves', async () => {
    const { flow, input } = await show()
    flow.leave()
    expect(input.signal!.aborted).toBe(true)
  })

  test('is offered beside the methods of the user where the page names it, and not otherwise', async () => {
    const named = open(enrolledBy(SMS), { methods: [ALL.sms, ALL.qrCode] })
    await named.flow.start()
    expect(on(named.flow, 'choose').rows.map(({ method }) => method.name)).toEqual(['sms', 'qrCode'])
    const unnamed = open(enrolledBy(SMS))
    await unnamed.flow.start()
    on(unnamed.flow, 'code')
  })
})

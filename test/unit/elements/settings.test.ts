// @vitest-environment node
import { describe, expect, test, vi } from 'vitest'
import { failure, on, open, respond, until } from './harness.js'
import { ALL_SCOPES, authenticator, EMAIL, enrolled, notEnrolled, SMS } from './sessions.js'
import { english } from './words.js'

const PASSKEY = authenticator('PASSKEY', { webauthnCredential: { name: 'Keychain' } as never })
const verified = enrolled({ state: 'CHALLENGE_SUCCEEDED', redirectToSettings: true, scopes: ALL_SCOPES })

test('the settings follow the challenge, and end with the token', async () => {
  const { flow, client, host } = open(enrolled({ authenticators: [SMS], redirectToSettings: true }))
  await flow.start()
  client.session.init.mockImplementation(() => respond({ challengeOptions: verified }))
  const { step } = on(flow, 'code')
  step.typed.value = '123456'
  await step.check()
  const { rows, done } = await until(flow, 'settings')
  expect(rows.map(({ method }) => method.id)).toEqual(['SMS', 'EMAIL_OTP'])
  expect(host.onSuccess).not.toHaveBeenCalled()
  done()
  expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'new.token' })
})

test('the settings follow the first enrolment too, and are the first screen of a verified user', async () => {
  const first = open(notEnrolled({ verificationMethods: ['PASSKEY'], redirectToSettings: true }))
  await first.flow.start()
  await (await until(first.flow, 'ceremony')).step.start()
  await until(first.flow, 'settings')

  const second = open(verified)
  await second.flow.start()
  await until(second.flow, 'settings')
})

test('the scopes decide what can be changed', async () => {
  const { flow } = open({ ...verified, scopes: ['read:authenticators'] })
  await flow.start()
  const { rows, add } = await until(flow, 'settings')
  expect(rows.map(({ remove }) => remove)).toEqual([undefined, undefined])
  expect(add).toBeUndefined()
})

describe('removing', () => {
  test('needs a confirmation, then lists the remaining authenticators', async () => {
    const { flow, client } = open(verified)
    await flow.start()
    const { rows } = await until(flow, 'settings')
    rows[0]!.remove!()
    on(flow, 'removal').back()
    on(flow, 'settings').rows[0]!.remove!()
    expect(client.session.removeAuthenticator).not.toHaveBeenCalled()

    client.session.init.mockImplementation(() =>
      respond({ challengeOptions: { ...verified, authenticators: [EMAIL] } }),
    )
    await on(flow, 'removal').step.remove()
    expect(client.session.removeAuthenticator).toHaveBeenCalledExactlyOnceWith('SMS')
    const { rows: left, status } = await until(flow, 'settings')
    expect(left.map(({ method }) => method.id)).toEqual(['EMAIL_OTP'])
    await vi.waitFor(() => expect(english(status.value)).toBe('Text message removed.'))
  })

  test('warns before the last one is removed', async () => {
    const { flow } = open({ ...verified, authenticators: [PASSKEY] })
    await flow.start()
    const { rows } = await until(flow, 'settings')
    rows[0]!.remove!()
    expect(on(flow, 'removal').step.isLast).toBe(true)
  })

  test('can be tried again, and treats an authenticator that is gone as removed', async () => {
    const { flow, client } = open(verified)
    client.session.removeAuthenticator.mockImplementationOnce(() => failure('network_error'))
    client.session.removeAuthenticator.mockImplementationOnce(() => failure('not_found', { status: 404 }))
    await flow.start()
    const { rows } = await until(flow, 'settings')
    rows[0]!.remove!()
    const { step } = on(flow, 'removal')
    await step.remove()
    expect(english(step.problem.value?.text)).toContain('No connection')
    await step.remove()
    await until(flow, 'settings')
  })
})

test('adding leads back to the settings, which end with the newest token', async () => {
  const { flow, client, host } = open({ ...verified, authenticators: [SMS, PASSKEY] })
  client.passkey.signUp.mockImplementation(() => respond({ isVerified: true, token: 'newer.token' }))
  await flow.start()
  const { add } = await until(flow, 'settings')
  add!()
  const { rows, back } = on(flow, 'choose')
  back!()
  on(flow, 'settings').add!()
  rows.find(({ method }) => method.id === 'PASSKEY')!.choose()
  await (await until(flow, 'ceremony')).step.start()
  const { status, done } = await until(flow, 'settings')
  await vi.waitFor(() => expect(english(status.value)).toBe('Passkey added.'))
  done()
  expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'newer.token' })
})

test('a user who leaves the settings is verified', async () => {
  const { flow, host } = open(verified)
  await flow.start()
  await until(flow, 'settings')
  flow.leave()
  expect(host.onSuccess).toHaveBeenCalledExactlyOnceWith({ token: 'track.token' })
})

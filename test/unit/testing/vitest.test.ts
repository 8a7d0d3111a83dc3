// @vitest-environment node
import { Authsignal as Backend, VerificationMethod } from '@authsignal/node'
import { Authsignal } from 'authsignal-channels'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { expect, type TestAuthsignal, test } from 'authsignal-channels/testing/vitest'
import { afterAll, beforeAll, describe, onTestFinished, vi } from 'vitest'
import { secondsOf } from '../../../src/testing/duration.js'
import { useTenant } from '../../../src/testing/tenant.js'

const SMS = '+64210000001'

/** A browser client with the token of an action. */
async function clientOf({ settings }: TestAuthsignal, userId = 'jane', action = 'pay') {
  const { token } = await new Backend(settings).track({ userId, action, attributes: {} })
  const client = new Authsignal(settings)
  client.setToken(token!)
  return client
}

describe('a user', () => {
  test('gets codes by SMS, WhatsApp and e-mail, each once, oldest first', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS, whatsapp: SMS, email: 'jane@example.com' })
    const client = await clientOf(authsignal)
    await client.whatsapp.challenge()
    await client.sms.challenge()
    await client.sms.challenge()
    await client.email.challenge()
    const first = await jane.sms.code()
    const second = await jane.sms.code()
    expect(await client.sms.verify({ code: second })).toMatchObject({ isVerified: true })
    expect(first).toMatch(/^\d{6}$/)
    expect(await client.whatsapp.verify({ code: await jane.whatsapp.code() })).toMatchObject({
      isVerified: true,
    })
    expect(await client.email.verify({ code: await jane.email.code() })).toMatchObject({ isVerified: true })
  })

  test('waits for a code that is still to come', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS })
    const client = await clientOf(authsignal)
    const code = jane.sms.code()
    await client.sms.challenge()
    expect(await client.sms.verify({ code: await code })).toMatchObject({ isVerified: true })
  })

  test('gets links, and codes of a number that the test did not name', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { magicLink: 'jane@example.com' })
    const client = await clientOf(authsignal)
    await client.emailML.challenge()
    expect(await (await fetch(await jane.email.link())).text()).toContain('Is this you?')
    const joe = await authsignal.user('joe')
    const other = await clientOf(authsignal, 'joe')
    await other.sms.enroll({ phoneNumber: '+64210000002' })
    expect(await other.sms.verify({ code: await joe.sms.code() })).toMatchObject({ isVerified: true })
  })

  test('gets no code that was sent to another user with the same number', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS })
    const joe = await authsignal.user('joe', { sms: SMS })
    await (await clientOf(authsignal, 'joe')).sms.challenge()
    await (await clientOf(authsignal, 'jane')).sms.challenge()
    expect([await jane.sms.received(), await joe.sms.received()]).toEqual([1, 1])
    expect(await jane.sms.code()).not.toBe(await joe.sms.code())
  })

  test('gets a code for a user that the app has made up, with the number of this one', async ({
    authsignal,
  }) => {
    const jane = await authsignal.user('jane', { sms: SMS })
    const client = await clientOf(authsignal, 'user-of-the-app')
    await client.sms.enroll({ phoneNumber: SMS })
    expect(await client.sms.verify({ code: await jane.sms.code() })).toMatchObject({ isVerified: true })
  })

  test('gets a code that was sent to the number before there was a user', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS })
    const backend = new Backend(authsignal.settings)
    const { challengeId } = await backend.challenge({
      verificationMethod: VerificationMethod.SMS,
      action: 'sign-in',
      phoneNumber: SMS,
    })
    expect(
      await backend.verify({ challengeId: challengeId!, verificationCode: await jane.sms.code() }),
    ).toMatchObject({ isVerified: true })
  })

  test('has an authenticator app', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { totp: true })
    const client = await clientOf(authsignal)
    expect(await client.totp.verify({ code: await jane.totp.code() })).toMatchObject({ isVerified: true })
    const joe = await authsignal.user('joe')
    await expect(joe.totp.code()).rejects.toThrow('joe has no authenticator app')
  })

  test('approves and rejects on the phone', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { push: true })
    const client = await clientOf(authsignal)
    for (const decision of ['approve', 'reject'] as const) {
      const { challengeId } = await client.push.challenge({ action: 'pay' })
      await jane.push[decision]()
      expect(await client.push.verify({ challengeId: challengeId! })).toMatchObject({
        isVerified: decision === 'approve',
        isConsumed: true,
      })
    }
  })

  test('is refused with a sentence when there is one already, or a number is wrong', async ({
    authsignal,
  }) => {
    await authsignal.user('jane')
    await expect(authsignal.user('jane')).rejects.toThrow('There is a user with this ID already.')
    await expect(authsignal.user('joe', { sms: '021' })).rejects.toThrow('"authenticators"')
  })

  test('has received as many messages as were sent, read or not', async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS, email: 'jane@example.com' })
    await authsignal.user('joe', { sms: '+64210000002' })
    const client = await clientOf(authsignal)
    expect(await jane.sms.received()).toBe(0)
    await client.sms.challenge()
    await client.sms.challenge()
    await (await clientOf(authsignal, 'joe')).sms.challenge()
    await jane.sms.code()
    expect(await jane.sms.received()).toBe(2)
    expect(await jane.email.received()).toBe(0)
  })

  test('with a passkey needs a page of Chromium, and is not added without one', async ({ authsignal }) => {
    await expect(authsignal.user('jane', { passkey: true })).rejects.toThrow(
      '"passkey" must be a page of Chromium',
    )
    const firefox = { context: () => ({ newCDPSession: () => Promise.reject(new Error('CDP')) }) }
    await expect(authsignal.user('jane', { passkey: firefox })).rejects.toThrow(
      'Only Chromium has virtual devices for passkeys',
    )
    await authsignal.user('jane')
  })

  test('who gets no code is named before the test times out', { timeout: 10_000 }, async ({ authsignal }) => {
    const jane = await authsignal.user('jane', { sms: SMS })
    const start = performance.now()
    const clock = vi.spyOn(performance, 'now')
    onTestFinished(() => void clock.mockRestore())
    clock.mockReturnValueOnce(start).mockReturnValue(start + 8001)
    await expect(jane.sms.code()).rejects.toThrow('No code was sent to jane by SMS within 8 seconds')
  })
})

test('time passes', async ({ authsignal }) => {
  await authsignal.user('jane', { sms: SMS })
  const client = await clientOf(authsignal)
  await authsignal.advance('11 minutes')
  expect(await client.sms.challenge()).toMatchObject({ errorCode: 'expired_token' })
})

test.each([
  ['11 minutes', 660],
  ['1 hour', 3600],
  ['1.5 hours', 5400],
  ['30 seconds', 30],
  ['2 days', 172_800],
  [45, 45],
] as const)('%s are %d seconds', (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds)
})

test.each(['11', 'minutes', '11 parsecs', -1, '-1 minutes'])('%j is not a duration', duration => {
  expect(() => secondsOf(duration as never)).toThrow('"duration"')
})

test('calls fail once, so many times, for one user, or until recovery', async ({ authsignal }) => {
  const jane = await authsignal.user('jane', { sms: SMS })
  const client = await clientOf(authsignal)
  const failures = async () => [
    (await client.sms.challenge()).errorCode,
    (await client.sms.challenge()).errorCode,
  ]
  await authsignal.fail('challenge', 'network')
  expect(await failures()).toEqual(['network_error', undefined])
  await authsignal.fail('/v1/client/*', '503', { times: 2, user: jane })
  expect(await failures()).toEqual(['server_error', 'server_error'])
  await authsignal.fail('all', '429', { times: 100 })
  expect(await failures()).toEqual(['too_many_requests', 'too_many_requests'])
  await authsignal.recover()
  expect(await failures()).toEqual([undefined, undefined])
  await authsignal.fail('track', '403')
  await expect(clientOf(authsignal)).rejects.toThrow()
})

test('rules decide, until a reset', async ({ authsignal }) => {
  const backend = new Backend(authsignal.settings)
  const state = async () => (await backend.track({ userId: 'jane', action: 'pay' })).state
  await authsignal.decide('pay', 'BLOCK')
  expect(await state()).toBe('BLOCK')
  await authsignal.reset()
  await authsignal.user('jane', { sms: SMS })
  expect(await state()).toBe('CHALLENGE_REQUIRED')
})

/** A test whose service has a user and a brand. */
const prepared = test.extend({
  authsignalTenant: { seed: { users: [{ userId: 'jane' }] }, hostedUi: { brand: { name: 'Acme' } } },
})

async function expectPrepared({ settings, url }: TestAuthsignal) {
  expect(await new Backend(settings).getUser({ userId: 'jane' })).toMatchObject({ isEnrolled: false })
  expect(await (await fetch(`${url}/hosted-ui/settings`)).json()).toMatchObject({ brand: { name: 'Acme' } })
}

prepared('the options of the service are those of the test', ({ authsignal }) => expectPrepared(authsignal))

test('the settings are those of the server SDK; a page gets no secret', async ({ authsignal }) => {
  const { tenantId, baseUrl } = authsignal.settings
  expect(authsignal.pageSettings).toEqual({ tenantId, baseUrl })
  const backend = new Backend(authsignal.settings)
  const attributes = { verificationMethod: VerificationMethod.SMS, phoneNumber: SMS }
  await backend.enrollVerifiedAuthenticator({ userId: 'jane', attributes })
  expect(await backend.getUser({ userId: 'jane' })).toMatchObject({ isEnrolled: true })
})

describe('a running emulator', () => {
  const emulator = createEmulator()
  let running: Awaited<ReturnType<typeof listen>>

  beforeAll(async () => {
    running = await listen(emulator, { port: 0 })
    vi.stubEnv('AUTHSIGNAL_EMULATOR_URL', `${running.url}/`)
  })
  afterAll(() => void vi.unstubAllEnvs())

  test('is used, with a tenant of its own for the test', async ({ authsignal }) => {
    expect(authsignal.url).toBe(`${running.url}/t/${authsignal.settings.tenantId}`)
    await authsignal.user('jane', { sms: SMS })
    const client = await clientOf(authsignal)
    await client.sms.challenge()
    expect(emulator.messages.list()).toEqual([])
    expect(emulator.tenants.list()).toHaveLength(1)
  })

  prepared('gives the tenant the options of the test', ({ authsignal }) => expectPrepared(authsignal))

  test('has lost the tenant after the test, and may be stopped before the end', async ({ authsignal }) => {
    const ids = emulator.tenants.list().map(({ config }) => config.tenantId)
    expect(ids).toEqual([authsignal.settings.tenantId])
    await running.close()
  })

  test('that does not respond is named, with the command that starts one', async () => {
    await expect(useTenant()).rejects.toThrow(
      `No emulator responds at ${running.url}/. Start it: npx authsignal-channels emulator`,
    )
  })
})

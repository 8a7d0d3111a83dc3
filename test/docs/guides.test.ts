/** Code of the guides that needs no page, and is no part of the app that the guide makes. */

import { readdirSync, readFileSync } from 'node:fs'
import { Authsignal as Backend, VerificationMethod } from '@authsignal/node'
import {
  type AuthsignalResponse,
  createClient,
  type Failure,
  notp,
  type VerifyResponse,
} from 'authsignal-channels'
import { createEmulator, type Emulator, listen, type Seed } from 'authsignal-channels/emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { PROVIDERS } from '../../src/emulator/providers/index.js'
import { FAULTS } from '../faults/faults.js'
import { block, runBlock } from '../support/documentation.js'
import { wrongCode } from '../support/jane.js'

const PHONE = '+64210000001'
const emulator = createEmulator()
let server: Awaited<ReturnType<typeof listen>>
let backend: Backend

beforeAll(async () => {
  server = await listen(emulator, { port: 0 })
  backend = new Backend({ apiSecretKey: 'demo-secret', apiUrl: `${server.url}/v1` })
})
afterAll(() => server.close())
beforeEach(() => emulator.reset())

const load = <Exports>(name: string) => runBlock<Exports>(name, server.url)
const track = async (attributes: object = { phoneNumber: PHONE }) =>
  (await backend.track({ userId: 'jane', action: 'pay', attributes })).token
const enrol = (attributes: {
  verificationMethod: VerificationMethod
  phoneNumber?: string
  email?: string
}) => backend.enrollVerifiedAuthenticator({ userId: 'jane', attributes })

interface Client {
  setToken(token: string): void
}
type Otp = {
  challenge(): Promise<AuthsignalResponse<object>>
  verify(input: { code: string }): Promise<AuthsignalResponse<VerifyResponse>>
}

describe('README', () => {
  test('the calls of an app step a user up, and say what is wrong with a code', async () => {
    const { sendCode, checkCode } = await load<{
      sendCode(token: string): Promise<string>
      checkCode(code: string): Promise<{ token?: string; message?: string }>
    }>('README/app')
    expect(await sendCode(await track())).toBe('We have sent you a code by WhatsApp.')
    const code = await emulator.messages.nextCode({ to: PHONE, channel: 'WHATSAPP' })
    expect(await checkCode(wrongCode(code))).toEqual({
      message: expect.stringContaining('wrong or has expired'),
    })
    const { token } = await checkCode(code)
    expect(await backend.validateChallenge({ action: 'pay', token: token! })).toMatchObject({ isValid: true })
    expect(await sendCode('no.token.at-all')).toEqual(expect.stringContaining('Something went wrong'))
  })
})

describe('custom UI', () => {
  test('a resend returns how long the button is disabled, and SMS is an alternative', async () => {
    const { client, resend, sendBySms } = await load<{
      client: Client & { sms: Otp }
      resend(onTick: (seconds: number) => void): Promise<string>
      sendBySms(): Promise<AuthsignalResponse<object>>
    }>('custom-ui/resend')
    client.setToken(await track())
    // The first tick comes before resend() resolves; the timers run out by themselves.
    const first = async () => {
      const ticks: number[] = []
      await resend(seconds => ticks.push(seconds))
      return ticks[0]
    }
    expect(await first()).toBe(30)
    for (let sent = 1; sent < 6; sent++) await first()
    expect(await first()).toBeGreaterThan(500)
    expect(await sendBySms()).toMatchObject({ challengeId: expect.any(String) })
  })

  test('each result of verify has a next step', async () => {
    const { nextStep } = await load<{ nextStep(response: unknown): object }>('custom-ui/verify')
    const { client } = await load<{ client: Client & { whatsapp: Otp } }>('custom-ui/resend')
    client.setToken(await track())
    await client.whatsapp.challenge()
    const code = await emulator.messages.nextCode({ to: PHONE })
    const next = async (typed: string) => nextStep(await client.whatsapp.verify({ code: typed }))

    expect(await next(' ')).toMatchObject({ do: 'correct', message: 'Enter the code.' })
    expect(await next(code === '111111' ? '222222' : '111111')).toMatchObject({ do: 'correct' })
    for (let attempt = 0; attempt < 9; attempt++) await next('000')
    expect(await next(code)).toMatchObject({ do: 'wait' })
    emulator.clock.advance(6 * 60)
    expect(await next(code)).toEqual({ do: 'finish', token: expect.any(String) })
    emulator.clock.advance(11 * 60)
    expect(await next(code)).toMatchObject({ do: 'restart' })
    expect(nextStep({ errorCode: 'timeout' })).toMatchObject({ do: 'retry' })
  })

  test('an expired token is replaced, and the code is sent', async () => {
    const { connect } = await load<{
      connect(track: () => Promise<{ token: string }>): Client & { whatsapp: Otp }
    }>('custom-ui/expired')
    const client = connect(async () => ({ token: await track() }))
    client.setToken(await track())
    emulator.clock.advance(11 * 60)
    expect(await client.whatsapp.challenge()).toMatchObject({ challengeId: expect.any(String) })
  })

  test('a number is enrolled, refused, or rate-limited', async () => {
    const { client, addNumber, confirmNumber } = await load<{
      client: Client
      addNumber(phoneNumber: string): Promise<string | undefined>
      confirmNumber(code: string): Promise<string | undefined>
    }>('custom-ui/enroll')
    client.setToken(await track({}))
    expect(await addNumber('12')).toContain('country code')
    expect(await addNumber(PHONE)).toBeUndefined()
    expect(await confirmNumber(await emulator.messages.nextCode({ to: PHONE }))).toBe('+64*****001')
    client.setToken(await track({}))
    expect(await addNumber('+64210000002')).toBe('Confirm with your current method first.')
  })

  test('a link that is opened elsewhere ends the wait, and so does the signal', async () => {
    const { client, confirmByLink } = await load<{
      client: Client
      confirmByLink(signal: AbortSignal): Promise<string | undefined>
    }>('custom-ui/abort')
    client.setToken(await track({ email: 'jane@example.com' }))
    const controller = new AbortController()
    const waiting = confirmByLink(controller.signal)
    const { url } = await emulator.messages.next({ to: 'jane@example.com' })
    await openLink(url!)
    const token = await waiting
    expect(await backend.validateChallenge({ token: token!, action: 'pay' })).toMatchObject({ isValid: true })

    const again = confirmByLink(controller.signal)
    controller.abort()
    expect(await again).toBeUndefined()
  })

  test('a code has a sentence in another language, and so has one that comes later', async () => {
    const { say } = await load<{ say(failure: Pick<Failure, 'errorCode' | 'retryAfter'>): string }>(
      'custom-ui/languages',
    )
    expect(say({ errorCode: 'too_many_requests', retryAfter: 300 })).toBe(
      'Trop de tentatives. Réessayez dans 5 minutes.',
    )
    expect(say({ errorCode: 'of_the_future' })).toContain('erreur')
  })
})

describe('writing a channel', () => {
  test('a channel sends requests with the token of its client', async () => {
    const { client } = await load<{
      client: Client & { authenticators: { list(): Promise<AuthsignalResponse<{ phoneNumber?: string }[]>> } }
    }>('writing-a-channel/authenticators')
    await enrol({ verificationMethod: VerificationMethod.SMS, phoneNumber: PHONE })
    expect(await client.authenticators.list()).toMatchObject({ errorCode: 'token_not_set' })
    client.setToken(await track())
    expect((await client.authenticators.list()).data).toMatchObject([{ phoneNumber: '+64*****001' }])

    const { code } = block('writing-a-channel/authenticators')
    const channel = code.match(/export interface[\s\S]*?\n}\n\nexport function[\s\S]*?\n}/)?.[0]
    expect(channel?.split('\n').length).toBeLessThan(15)
  })

  test('a channel that is built on two others takes the one that works', async () => {
    const { client } = await load<{ client: Client & { phone: Otp } }>('writing-a-channel/phone')
    await enrol({ verificationMethod: VerificationMethod.SMS, phoneNumber: PHONE })
    client.setToken(await track({}))
    await client.phone.challenge()
    const { channel, code } = await emulator.messages.next({ to: PHONE })
    expect(channel).toBe('SMS')
    expect(await client.phone.verify({ code: code! })).toMatchObject({ isVerified: true })

    client.setToken(await track())
    await client.phone.challenge()
    expect(await emulator.messages.next({ to: PHONE })).toMatchObject({ channel: 'WHATSAPP' })
  })

  test('a channel that waits ends with what it waited for, or with its signal', async () => {
    const { client } = await load<{
      client: Client & { passkeyAdded: { wait(signal?: AbortSignal): Promise<AuthsignalResponse<object>> } }
    }>('writing-a-channel/passkey-added')
    client.setToken(await track())
    const controller = new AbortController()
    const waiting = client.passkeyAdded.wait(controller.signal)
    controller.abort()
    expect(await waiting).toMatchObject({ errorCode: 'aborted' })
  })

  test('the channel of another vendor signs a user in, and a refusal ends the wait', async () => {
    interface Login {
      start(): Promise<{ pendingRef?: string }>
      wait(pendingRef: string): Promise<{ errorCode?: string; sessionJwt?: string }>
    }
    const { client } = await load<{ client: { whatsappLogin: Login } }>('writing-a-channel/whatsapp-login')
    const { pendingRef = '' } = await client.whatsappLogin.start()
    const waiting = client.whatsappLogin.wait(pendingRef)
    await approve({ pendingRef, phone: PHONE })
    expect((await waiting).sessionJwt).toMatch(/^ey/)
    expect((await client.whatsappLogin.wait('unknown')).errorCode).toMatch(/^E\d+$/)
  })
})

describe('webhooks', () => {
  test('a test reads what was sent and what the backend returned', async () => {
    const { track } = await load<{ track(): Promise<object[]> }>('webhooks/delivery')
    expect(await track()).toMatchObject([
      {
        event: 'action.created',
        status: 'delivered',
        attempts: [{ response: { status: 200, body: 'Thank you.' } }],
      },
    ])
  })

  test('the backend has at most 30 lines', () => {
    const page = readFileSync('docs/guides/webhooks.md', 'utf8')
    const [, code = ''] = /<!-- file: server.mjs -->\n```js\n(.*?)\n```/s.exec(page) ?? []
    expect(code.split('\n').length).toBeGreaterThan(10)
    expect(code.split('\n').length).toBeLessThanOrEqual(30)
  })
})

describe('message providers', () => {
  test('a provider is an object with a name and a method', async () => {
    const { emulator, sent } = await load<{ emulator: Emulator; sent: string[] }>(
      'message-providers/provider',
    )
    const headers = { Authorization: `Basic ${btoa('demo-secret:')}` }
    const body = JSON.stringify({ verificationMethod: 'SMS', action: 'signIn', phoneNumber: PHONE })
    await emulator.fetch('/v1/challenge', { method: 'POST', headers, body })
    expect(sent).toEqual([`${PHONE} ${emulator.messages.latest()?.body}`])
  })

  test('each has five lines on what it needs, and names its settings', () => {
    const page = readFileSync('docs/guides/message-providers.md', 'utf8')
    const sections = page.split(/^##+ /m)
    const of = (flag: string) => sections.find(each => each.startsWith(`\`${flag}\``)) ?? ''
    const folder = 'src/emulator/providers'
    const flags = { sms: '', whatsapp: '', email: '' } as const
    for (const channel of Object.keys(flags) as (keyof typeof flags)[])
      for (const name of [...Object.keys(PROVIDERS[channel]), ...(channel === 'whatsapp' ? [] : ['webhook'])])
        expect([channel, name, of(`--${channel} ${name}`).match(/^\d\. /gm)?.length]).toEqual([
          channel,
          name,
          5,
        ])
    const settings = readdirSync(folder).flatMap(
      file =>
        readFileSync(`${folder}/${file}`, 'utf8').match(
          /\b(?:BIRD|TWILIO|MESSAGEMEDIA|TNZ|MODICA|META|SMTP)_\w+/g,
        ) ?? [],
    )
    expect(settings.length).toBeGreaterThan(20)
    expect([...new Set(settings)].filter(name => !page.includes(`\`${name}`))).toEqual([])
  })
})

describe('the emulator', () => {
  test('a test steps a user up without a server for the browser', async () => {
    const { stepUp } = await load<{ stepUp(): Promise<{ token: string; late?: string }> }>('emulator/step-up')
    expect(await stepUp()).toEqual({ token: expect.stringMatching(/^ey/), late: 'expired_token' })
  })

  test('begins with the seed of the page, as the schema says it', async () => {
    const { code } = block('emulator/seed')
    const seed: Seed = parse(code)
    const { url, close } = await listen(createEmulator({ seed }), { port: 0 })
    const seeded = new Backend({ apiSecretKey: 'demo-secret', apiUrl: `${url}/v1` })
    const jane = await seeded.getUser({ userId: 'jane' })
    expect(jane).toMatchObject({ isEnrolled: true, defaultVerificationMethod: 'EMAIL_OTP' })
    await close()
    const [, schema = ''] = /\$schema=node_modules\/authsignal-channels\/(\S+)/.exec(code) ?? []
    const { properties } = JSON.parse(readFileSync(schema, 'utf8'))
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(seed)))
  })

  test('fails on demand, with each fault of the table', async () => {
    const { offline } = await load<{ offline(token: string): Promise<string> }>('emulator/faults')
    expect(await offline('token')).toBe('network_error')
    const page = readFileSync('docs/emulator.md', 'utf8')
    const [, table = ''] = /\| fault \| what happens.*?\n([\s\S]*?)\n\n/.exec(page) ?? []
    const named = table
      .split('\n')
      .flatMap(row => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
    expect(named.sort()).toEqual(
      [...FAULTS.map(({ fault }) => fault as string), 'latency', 'lost-response'].sort(),
    )
  })

  test('tenants share no clock', async () => {
    const { inParallel } = await load<{ inParallel(): Promise<object> }>('emulator/tenants')
    expect(await inParallel()).toEqual({ seconds: 3600, left: 1 })
  })

  test('goes back to the users of a snapshot', async () => {
    const { goBack } = await load<{ goBack(): Promise<object> }>('emulator/snapshot')
    expect(await goBack()).toMatchObject({ isEnrolled: true })
  })

  test('lists the requests that were refused', async () => {
    const { refusals } = await load<{ refusals(): Promise<object[]> }>('emulator/requests')
    expect(await refusals()).toMatchObject([{ status: 401, errorCode: 'invalid_token' }])
  })
})

describe('testing', () => {
  test('a test of a browser reads codes, decides outcomes, moves the clock and starts over', async () => {
    const { codeFor, reset, decide, advance } = await load<{
      codeFor(phoneNumber: string): Promise<string>
      reset(): Promise<Response>
      decide(action: string, outcome: string): Promise<Response>
      advance(seconds: number): Promise<Response>
    }>('testing/e2e/inbox')
    const { client } = await load<{ client: Client & { whatsapp: Otp } }>('custom-ui/resend')
    client.setToken(await track())
    const code = codeFor(PHONE)
    await client.whatsapp.challenge()
    expect(await client.whatsapp.verify({ code: await code })).toMatchObject({ isVerified: true })

    await advance(11 * 60)
    expect(await client.whatsapp.challenge()).toMatchObject({ errorCode: 'expired_token' })
    await decide('pay', 'BLOCK')
    expect(await backend.track({ userId: 'jane', action: 'pay', attributes: {} })).toMatchObject({
      state: 'BLOCK',
    })
    await reset()
    expect(emulator.messages.list()).toEqual([])
  })
})

describe('nOTP', () => {
  test('sign-up refuses a known user, and sign-in an unknown one', async () => {
    const settings = { projectId: emulator.config.projectId, baseUrl: server.url }
    const client = createClient({ ...emulator.config, channels: { notp: notp(settings) } })
    expect(await client.notp.signIn('+15555550100')).toMatchObject({ errorCode: 'E062108' })
    const { pendingRef } = await client.notp.signUp('+15555550100', { name: 'Jane' })
    await approve({ pendingRef, phone: '+15555550100' })
    expect(await client.notp.waitForSession(pendingRef!)).toMatchObject({ user: { name: 'Jane' } })
    expect(await client.notp.signUp('+15555550100')).toMatchObject({ errorCode: 'E062107' })
  })
})

/** The user follows the link, and presses the button there. */
const openLink = (url: string) => emulator.fetch(url, { method: 'POST' })

/** The message of nOTP arrives. */
const approve = (message: object) =>
  emulator.fetch('/emulator/notp/approve', { method: 'POST', body: JSON.stringify(message) })

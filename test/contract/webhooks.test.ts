/**
 * Webhooks, verified by the unmodified `@authsignal/node` in a backend that receives them over HTTP.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Authsignal, VerificationMethod, Webhook } from '@authsignal/node'
import { createEmulator, listen } from 'authsignal-channels/emulator'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { signatureOf } from '../../src/emulator/webhooks/signature.js'
import { WEBHOOK_EVENTS } from '../../src/emulator/webhooks/types.js'

interface Received {
  readonly body: string
  readonly signature: string
}

/** A backend on a port of its own. */
async function startReceiver() {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    received.push({ body, signature: String(request.headers['x-signature-v2']) })
    response.writeHead(request.headers['content-type'] === 'application/json' ? 200 : 415).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`, received }
}

async function startService() {
  const { url: webhook, received } = await startReceiver()
  const emulator = createEmulator({ webhooks: [{ url: webhook, events: WEBHOOK_EVENTS }] })
  const { url, close } = await listen(emulator, { port: 0 })
  onTestFinished(close)
  const { apiSecretKey } = emulator.config
  const backend = new Authsignal({ apiSecretKey, apiUrl: `${url}/v1`, retries: 0 })
  return { emulator, backend, received, webhook: backend.webhook }
}

test('the signature is that of the SDK’s rule, for a known key, time and body', async () => {
  expect(await signatureOf('{"version":1}', 'sk_test_contract', 1_700_000_000)).toBe(
    't=1700000000,v2=dcjy/to06CEq/Jo+ZTy46Da9y9vSWDlJJtbfZH3voGM',
  )
})

test('the SDK accepts each event of a user who enrols, pays and is removed', async () => {
  const { emulator, backend, received, webhook } = await startService()
  const phoneNumber = '+64210000001'
  const { authenticator } = await backend.enrollVerifiedAuthenticator({
    userId: 'jane',
    attributes: { verificationMethod: VerificationMethod.SMS, phoneNumber },
  })
  await backend.updateUser({
    userId: 'jane',
    attributes: { phoneNumber: '+64210000002', phoneNumberVerified: true },
  })
  const { challengeId } = await backend.challenge({
    verificationMethod: VerificationMethod.EMAIL_OTP,
    action: 'pay',
    email: 'jane@example.com',
    userId: 'jane',
  })
  const verificationCode = emulator.messages.latest()!.code!
  await backend.verify({ challengeId: challengeId!, verificationCode })
  await backend.deleteAuthenticator({
    userId: 'jane',
    userAuthenticatorId: authenticator!.userAuthenticatorId,
  })
  await emulator.webhooks.settled()

  const events = received.map(({ body, signature }) => webhook.constructEvent(body, signature))
  const decision = events.splice(
    events.findIndex(({ type }) => type === 'action.verify'),
    1,
  )
  expect(decision).toMatchObject([
    { type: 'action.verify', data: { userId: 'jane', actionCode: 'pay', state: 'CHALLENGE_SUCCEEDED' } },
  ])
  const [email, ...others] = events.sort(
    (a, b) => Number(b.type === 'email.created') - Number(a.type === 'email.created'),
  )
  expect(others.map(({ type }) => type)).toEqual([
    'authenticator.created',
    'authenticator.updated',
    'action.created',
    'action.updated',
    'authenticator.deleted',
  ])
  for (const event of events)
    expect(event).toMatchObject({
      version: 1,
      source: 'https://authsignal.com',
      tenantId: 'demo-tenant',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: { userId: 'jane' },
    })
  expect(email!.data).toMatchObject({ to: 'jane@example.com', code: verificationCode, actionCode: 'pay' })
})

test('the SDK accepts the logs, which arrive as batches when the token has expired', async () => {
  const { emulator, backend, received, webhook } = await startService()
  await backend.challenge({
    verificationMethod: VerificationMethod.EMAIL_OTP,
    action: 'pay',
    email: 'jane@example.com',
    userId: 'jane',
  })
  await emulator.webhooks.settled()
  received.length = 0
  // By the emulator's clock; the SDK accepts signatures of the future.
  emulator.clock.advance(600)
  await emulator.webhooks.settled()
  const batches: unknown[] = received.map(({ body, signature }) => webhook.constructEvent(body, signature))
  expect(batches).toMatchObject([
    {
      records: [
        {
          version: 1,
          source: 'https://authsignal.com',
          tenantId: 'demo-tenant',
          type: 'challenge.log_created',
          record: { userId: 'jane', type: 'EMAIL_OTP_SENT', email: 'jane@example.com' },
        },
      ],
    },
  ])
})

describe('the SDK refuses', () => {
  let body: string
  let signature: string
  let secretKey: string

  beforeEach(async () => {
    const { emulator, backend, received } = await startService()
    await backend.track({ userId: 'jane', action: 'pay' })
    await emulator.webhooks.settled()
    ;({ body, signature } = received[0]!)
    secretKey = emulator.config.apiSecretKey
    expect(new Webhook(secretKey).constructEvent(body, signature).type).toBe('action.created')
  })
  afterEach(() => {
    body = ''
  })

  test('a body that was changed', () => {
    const changed = body.replace('"jane"', '"joe"')
    expect(changed).not.toBe(body)
    expect(() => new Webhook(secretKey).constructEvent(changed, signature)).toThrow('Signature mismatch.')
  })

  test('another secret key', () => {
    expect(() => new Webhook('another').constructEvent(body, signature)).toThrow('Signature mismatch.')
  })

  test('a signature that is older than five minutes', async () => {
    const seconds = Math.floor(Date.now() / 1000) - 301
    const old = await signatureOf(body, secretKey, seconds)
    expect(() => new Webhook(secretKey).constructEvent(body, old)).toThrow('outside the tolerance zone')
    expect(new Webhook(secretKey).constructEvent(body, old, 6).type).toBe('action.created')
  })
})

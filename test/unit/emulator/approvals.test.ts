// @vitest-environment node
/** Push and QR code challenges, and challenges by message: the rules that no single call shows. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Approval } from '../../../src/emulator/authsignal/approvals.js'
import type { ChallengeInput } from '../../../src/emulator/authsignal/challenges.js'
import { contactMethod, otpMethod } from '../../../src/emulator/authsignal/methods.js'
import type { ContactAuthenticator, DeviceAuthenticator } from '../../../src/emulator/authsignal/users.js'
import { resolveOptions } from '../../../src/emulator/options.js'
import { createService, type Service } from '../../../src/emulator/service.js'
import { PHONE } from './harness.js'

let service: Service

beforeEach(() => {
  service = createService(resolveOptions({}))
})

const SCOPES = ['read:authenticators'] as const

function caller(userId = 'jane') {
  const user = service.users.ensure(userId)
  const action = service.actions.track(user, 'pay', 'k1', {})
  return { user, action, scopes: SCOPES, token: 'token', expiresAt: 0 }
}

const record = (id: string) => ({ userAuthenticatorId: id, userId: 'jane', createdAt: 1, verifiedAt: 2 })

function phone(id: string): DeviceAuthenticator {
  return { ...record(id), verificationMethod: 'PUSH', device: { name: id, platform: 'ios' } }
}

function withPhones() {
  const phones = [phone('p1'), phone('p2')] as const
  const jane = caller()
  jane.user.authenticators.push(...phones)
  return { jane, phones }
}

describe('a push challenge', () => {
  test('goes to all phones, and a response that names none is that of the preferred one', async () => {
    const { jane, phones } = withPhones()
    const { approval, deviceIds } = service.approvals.startPush(jane, {})
    expect(deviceIds).toEqual(['p1', 'p2'])
    await service.approvals.respond(approval, true)
    expect(phones[0].lastVerifiedAt).toEqual(expect.any(Number))
    expect(phones[1].lastVerifiedAt).toBeUndefined()
    expect(jane.action).toMatchObject({
      state: 'CHALLENGE_SUCCEEDED',
      verificationMethod: 'PUSH',
      verifiedByAuthenticatorId: 'p1',
    })
  })

  test('to one phone has the response of that one', async () => {
    const { jane, phones } = withPhones()
    const { approval, deviceIds } = service.approvals.startPush(jane, { userAuthenticatorId: 'p2' })
    expect(deviceIds).toEqual(['p2'])
    await service.approvals.respond(approval, true)
    expect(phones[1].lastVerifiedAt).toEqual(expect.any(Number))
    expect(jane.action.verifiedByAuthenticatorId).toBe('p2')
  })

  test('to a phone that was removed has no response, although the user has another one', async () => {
    const { jane } = withPhones()
    const { approval } = service.approvals.startPush(jane, { userAuthenticatorId: 'p2' })
    jane.user.authenticators.pop()
    await expect(service.approvals.respond(approval, true)).rejects.toThrow('The device was removed.')
    expect(approval.state).toBe('claimed')
  })

  test('whose user was deleted has no response', async () => {
    const { approval } = service.approvals.startPush(withPhones().jane, {})
    service.users.forgetUser('jane')
    await expect(service.approvals.respond(approval, true)).rejects.toThrow(
      'The challenge was not claimed by anyone.',
    )
  })

  test('needs a phone of the user, and is found as what it is', () => {
    expect(() => service.approvals.startPush(caller('joe'), {})).toThrow(
      'The user has no PUSH authenticator.',
    )
    const { jane } = withPhones()
    expect(() => service.approvals.startPush(jane, { userAuthenticatorId: 'p3' })).toThrow(
      'The authenticator was not found.',
    )
    const { approval } = service.approvals.startPush(jane, {})
    expect(() => service.approvals.find('QR_CODE', approval.challengeId)).toThrow(
      'The challenge was not found.',
    )
    expect(service.approvals.find('PUSH', approval.challengeId)).toBe(approval)
  })
})

describe('a QR code challenge', () => {
  const start = () => service.approvals.startQr(undefined, { actionCode: 'pay' })

  test('needs an action while no user is known', () => {
    expect(() => service.approvals.startQr(undefined, {})).toThrow('"action" is missing or not valid.')
  })

  test('of a user with a phone is not verified by that phone', async () => {
    const { jane, phones } = withPhones()
    const approval = service.approvals.startQr(jane, {})
    service.approvals.claim(approval, 'jane')
    await service.approvals.respond(approval, true)
    expect(phones[0].lastVerifiedAt).toBeUndefined()
    expect(jane.action.verificationMethod).toBe('DEVICE')
    expect(jane.action).not.toHaveProperty('verifiedByAuthenticatorId')
  })

  test('reports each new state once, until it is no longer observed', async () => {
    const approval = start()
    const states: string[] = []
    const observer = ({ state }: Approval) => states.push(state)
    service.approvals.observe(approval.challengeId, observer)
    service.approvals.claim(approval, 'jane')
    service.approvals.claim(approval, 'jane')
    expect(states).toEqual(['claimed'])
    service.approvals.unobserve(approval.challengeId, observer)
    await service.approvals.respond(approval, false)
    expect(states).toEqual(['claimed'])
    service.approvals.unobserve('deleted', observer)
  })

  test('has one response, of the user who has claimed it, in time', async () => {
    const { approvals, clock } = service
    const approval = start()
    await expect(approvals.respond(approval, true)).rejects.toThrow(
      'The challenge was not claimed by anyone.',
    )
    approvals.claim(approval, 'jane')
    expect(() => approvals.claim(approval, 'joe')).toThrow('The challenge belongs to another user.')
    await approvals.respond(approval, true)
    await expect(approvals.respond(approval, true)).rejects.toThrow(
      'The challenge was approved or rejected already.',
    )
    const late = start()
    clock.advance(600)
    expect(() => approvals.claim(late, 'jane')).toThrow('The challenge has expired.')
  })

  test('that was started for a user has no response before that user has claimed it', async () => {
    const approval = service.approvals.startQr(caller(), {})
    await expect(service.approvals.respond(approval, true)).rejects.toThrow(
      'The challenge was not claimed by anyone.',
    )
    expect(approval.state).toBe('unclaimed')
  })

  test('whose user was deleted has no response', async () => {
    const approval = start()
    service.approvals.claim(approval, 'jane')
    service.users.forgetUser('jane')
    await expect(service.approvals.respond(approval, true)).rejects.toThrow(
      'The challenge was not claimed by anyone.',
    )
  })

  test('is pending among its own kind', () => {
    const { jane } = withPhones()
    const qr = service.approvals.startQr(jane, {})
    const { approval: push } = service.approvals.startPush(jane, {})
    const anonymous = start()
    expect(service.approvals.pending('PUSH', undefined)).toEqual([push])
    expect(service.approvals.pending('QR_CODE', undefined)).toEqual([qr, anonymous])
    expect(service.approvals.pending('QR_CODE', 'jane')).toEqual([qr])
  })
})

describe('a challenge by message', () => {
  const SMS = otpMethod('SMS')!

  const start = (input: Partial<ChallengeInput> = {}) =>
    service.challenges.start({
      method: SMS,
      contact: PHONE,
      scopes: SCOPES,
      purpose: { kind: 'contact' },
      address: 'http://localhost:4010',
      actionCode: 'pay',
      idempotencyKey: 'k1',
      userId: 'jane',
      ...input,
    })

  const verify = (input?: Partial<ChallengeInput>) => {
    const challenge = start(input)
    return service.challenges.verify(challenge, SMS, 'jane', challenge.code!)
  }

  test('for an unknown user creates no user and no action', async () => {
    expect(await verify({ userId: undefined, purpose: { kind: 'sign-in' } })).toEqual({
      isVerified: true,
      enrolled: undefined,
    })
    expect([service.users.size, service.actions.size]).toEqual([0, 0])
    expect(Object.keys(service.inbox.messages.latest()!)).not.toContain('userId')
  })

  test('verifies the authenticator that has the contact, and enrols none', async () => {
    const jane = caller()
    await verify()
    const [authenticator] = jane.user.authenticators
    jane.user.authenticators.push({ ...(authenticator as ContactAuthenticator), contact: '+64210000009' })
    expect(await verify({ idempotencyKey: 'k2' })).toEqual({ isVerified: true, enrolled: undefined })
    expect(jane.user.authenticators).toHaveLength(2)
    const action = service.actions.find({ userId: 'jane', actionCode: 'pay', idempotencyKey: 'k2' })
    expect(action?.verifiedByAuthenticatorId).toBe(authenticator!.userAuthenticatorId)
  })

  test('without the scope for a new contact completes the action, and enrols none', async () => {
    const jane = caller()
    await verify()
    expect(await verify({ contact: '+64210000009', idempotencyKey: 'k2' })).toEqual({
      isVerified: true,
      enrolled: undefined,
    })
    expect(jane.user.authenticators).toHaveLength(1)
    const action = service.actions.find({ userId: 'jane', actionCode: 'pay', idempotencyKey: 'k2' })
    expect(action).toMatchObject({ state: 'CHALLENGE_SUCCEEDED' })
    expect(action).not.toHaveProperty('verifiedByAuthenticatorId')
  })

  test('keeps the channel that was used last, when a later one names none', async () => {
    const jane = caller()
    await verify({ smsChannel: 'WHATSAPP' })
    await verify()
    expect(jane.user.authenticators[0]).toMatchObject({ previousSmsChannel: 'WHATSAPP' })
  })

  const NOTE = 'It expires in 10 minutes. Do not share it with anyone.'

  test('has a text with the code, and a subject by e-mail alone', () => {
    const { code } = start()
    const sentence = `${code} is your verification code for demo-tenant.`
    expect(service.inbox.messages.latest()!.body).toBe(`${sentence} ${NOTE}\n\n@localhost #${code}`)
    const email = start({ method: contactMethod('EMAIL_OTP'), contact: 'jane@example.com' })
    const subject = `${email.code} is your verification code for demo-tenant.`
    expect(service.inbox.messages.latest()!.body).toBe(`Subject: ${subject}\n\n${subject} ${NOTE}`)
  })

  test('has a link with a secret that cannot be guessed', () => {
    const { challengeId, code } = start({
      method: contactMethod('EMAIL_MAGIC_LINK'),
      contact: 'jane@example.com',
    })
    expect(code).toMatch(/^[\da-f]{32}$/)
    const url = `http://localhost:4010/magic-link/${challengeId}/${code}`
    const sentence = 'Confirm that it is you, for demo-tenant.'
    expect(service.inbox.messages.latest()).toMatchObject({
      url,
      body: `Subject: ${sentence}\n\n${sentence} Open this link:\n${url}\n\n${NOTE}`,
    })
  })
})

/** A wrong option: a method that returns a promise rejects, everything else throws. Nothing is sent. */
import { Authsignal } from 'authsignal-channels'
import { expect, test } from 'vitest'
import { json, service } from './service.js'

const circle: Record<string, unknown> = {}
circle.self = circle

const qr = { action: 'pay', onStateChange() {} }

/** By method: arguments that are wrong, and the option that the message begins with. */
const WRONG: Record<string, [option: string, ...args: unknown[]][]> = {
  'sms.enroll': [['phoneNumber'], ['phoneNumber', { phoneNumber: 64 }]],
  'sms.verify': [['code'], ['code', { code: 123456 }]],
  'whatsapp.verify': [['code'], ['code', { code: 123456 }]],
  'email.enroll': [['email'], ['email', { email: null }]],
  'email.verify': [['code'], ['code', { code: ['1'] }]],
  'emailML.enroll': [['email'], ['email', { email: {} }]],
  'totp.verify': [['code'], ['code', {}]],
  'passkey.signUp': [
    ['token', { token: 'a b' }],
    ['username', { username: 5n }],
    ['displayName', { displayName: circle }],
  ],
  'passkey.signIn': [
    ['token', { token: '' }],
    ['autofill', { token: 't', autofill: true }],
    ['action', { token: 't', action: 'pay' }],
    ['idempotencyKey', { token: 't', idempotencyKey: 'k' }],
    ['autofill', { autofill: true, preferImmediatelyAvailableCredentials: true }],
    ['idempotencyKey', { action: 'pay', idempotencyKey: 5n }],
  ],
  'passkey.isAvailableOnDevice': [['userId'], ['userId', { userId: '' }]],
  'push.challenge': [['action'], ['userAuthenticatorId', { action: 'pay', userAuthenticatorId: 5n }]],
  'push.verify': [['challengeId'], ['challengeId', { challengeId: 7 }]],
  'push.waitForResult': [['challengeId'], ['challengeId', { challengeId: 7 }]],
  'qrCode.challenge': [
    ['action'],
    ['onStateChange', { action: 'pay' }],
    ['pollInterval', { ...qr, pollInterval: 0 }],
    ['refreshInterval', { ...qr, refreshInterval: -1 }],
    ['custom', { ...qr, custom: circle }],
    ['custom', { ...qr, custom: { amount: 5n } }],
    ['custom', { ...qr, polling: true, custom: circle }],
  ],
  'qrCode.refresh': [['custom', { custom: circle }]],
  'notp.signUp': [
    ['loginId'],
    ['user', '', { name: 5n }],
    ['customClaims', '', {}, { customClaims: circle }],
    ['templateOptions', '', {}, { templateOptions: { amount: 5n } }],
  ],
  'notp.signIn': [
    ['loginId', 7],
    ['customClaims', '', { customClaims: circle }],
    ['refreshToken', '', { stepup: true }, 'a b'],
    ['refreshToken', '', {}, 'token\n'],
  ],
  'notp.signUpOrIn': [
    ['loginId', null],
    ['customClaims', '', { customClaims: { amount: 5n } }],
  ],
  'notp.updateUser': [
    ['loginId'],
    ['loginId', { loginId: '' }, 'r.r.r'],
    ['refreshToken', { loginId: 'jane' }, 'a\tb'],
    ['templateOptions', { loginId: 'jane', templateOptions: circle }, 'r.r.r'],
  ],
  'notp.waitForSession': [['pendingRef'], ['pendingRef', '']],
  launch: [['url'], ['url', 'javascript:alert(1)'], ['mode', 'https://ui.example', { mode: 'tab' }]],
}

/** Their options, except `signal`, go to the browser or nowhere. */
const NOTHING_TO_CHECK = [
  'sms.challenge',
  'whatsapp.challenge',
  'email.challenge',
  'emailML.challenge',
  'emailML.checkVerificationStatus',
  'totp.enroll',
  'securityKey.enroll',
  'securityKey.verify',
]

/** They return no promise. */
const SYNCHRONOUS = ['setToken', 'handleRedirect', 'qrCode.disconnect']

type Method = (...args: unknown[]) => unknown

function methods() {
  const { fetch, received } = service(() => json({}, 400))
  const notp = { projectId: 'P2localdemo00000000000000000', baseUrl: 'https://notp.test' }
  const authsignal = new Authsignal({ tenantId: 'acme', baseUrl: 'https://api.test/v1', fetch, notp })
  authsignal.setToken('token')
  const found: Record<string, Method> = {}
  for (const [name, member] of Object.entries(authsignal)) {
    if (typeof member === 'function') found[name] = member as Method
    if (typeof member !== 'object') continue
    for (const [method, call] of Object.entries(member)) found[`${name}.${method}`] = call as Method
  }
  return { methods: found, received }
}

test('the table below has every method of every channel', () => {
  expect(Object.keys(methods().methods).sort()).toEqual(
    [...Object.keys(WRONG), ...NOTHING_TO_CHECK, ...SYNCHRONOUS].sort(),
  )
})

const cases = Object.entries(WRONG).flatMap(([method, wrong]) =>
  wrong.map(([option, ...args]) => ({ method, option, args })),
)

test.each(cases)(
  '$method() rejects with a TypeError that names "$option" first',
  async ({ method, option, args }) => {
    const { methods: all, received } = methods()
    const error = await (all[method]!(...args) as Promise<Error>).catch((error: unknown) => error as Error)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(new RegExp(`^"${option}" `))
    expect(received).toHaveLength(0)
  },
)

test.each([...Object.keys(WRONG), ...NOTHING_TO_CHECK])(
  '%s() never throws before it has returned a promise',
  name => {
    for (const argument of [undefined, null, 7, 'x']) {
      const returned = methods().methods[name]!(argument, argument, argument)
      expect(returned).toBeInstanceOf(Promise)
      ;(returned as Promise<unknown>).catch(() => {})
    }
  },
)

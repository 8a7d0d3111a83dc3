/**
 * Histories of an emulator: calls of backends, browsers, phones and nOTP, each with what earlier calls returned.
 */

import type { Emulator } from 'authsignal-channels/emulator'
import fc from 'fast-check'
import { TOTP } from 'otpauth'
import { type Key, register, sign } from '../../support/software-authenticator.js'
import { type Call, EMAIL, type Harness, harnessOf, OTHER_PHONE, PHONE, wrong } from './harness.js'
import { PROJECT } from './notp.js'
import { tenantHeader } from './routes.js'

/** What earlier calls returned, for later ones. */
export interface Known {
  readonly tokens: string[]
  readonly challengeIds: string[]
  readonly authenticatorIds: string[]
  readonly totps: string[]
  readonly qr: { challengeId: string; deviceCode: string }[]
  readonly push: string[]
  readonly sessions: { accessToken: string; refreshToken: string }[]
  readonly logins: string[]
  readonly refreshJwts: string[]
  readonly keys: Key[]
}

export const nothingKnown = (): Known => ({
  tokens: [],
  challengeIds: [],
  authenticatorIds: [],
  totps: [],
  qr: [],
  push: [],
  sessions: [],
  logins: [],
  refreshJwts: [],
  keys: [],
})

interface Player extends Harness {
  readonly known: Known
  /** Selects one of a list, or `otherwise` from an empty one. */
  pick<Item>(items: readonly Item[], otherwise: Item): Item
  /** Whether this call goes wrong: a wrong code, a rejection. */
  readonly isWrong: boolean
}

type Operation = (player: Player) => Promise<unknown>

const USERS = ['jane', 'joe']
const CONTACTS = [PHONE, OTHER_PHONE, EMAIL]
const CODE_METHODS = ['sms', 'whatsapp', 'email-otp']
const METHODS = [...CODE_METHODS, 'email-magic-link']
const SCOPE = 'read:authenticators add:authenticators update:authenticators'

/** Keeps what a response has for later calls. */
const keep = <Item>(items: Item[], item: Item | undefined) => {
  if (item !== undefined && item !== null) items.push(item)
}

const user = ({ pick }: Player) => pick(USERS, 'jane')
const token = ({ pick, known }: Player) => pick(known.tokens, '')

/** A call of a browser with a token, which may return a newer one. */
async function client(player: Player, path: string, body?: object) {
  const response = await player.client(token(player), path, body && { body })
  keep(player.known.tokens, response.body?.accessToken)
  return response
}

const control = ({ call }: Player, path: string, body: object) => call(`/emulator${path}`, { body })

async function notp({ call, known }: Player, path: string, body: object, refreshJwt = '') {
  const headers = { Authorization: `Bearer ${PROJECT}:${refreshJwt}` }
  const response = await call(`/v1/auth${path}`, { headers, body })
  keep(known.logins, response.body?.pendingRef)
  keep(known.refreshJwts, response.body?.refreshJwt)
  return response
}

const lastCode = ({ emulator, isWrong }: Player) => {
  const code = emulator.messages.latest()?.code ?? '000000'
  return isWrong ? wrong(code) : code
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  async track(player) {
    const attributes = {
      scope: SCOPE,
      deviceId: player.pick(['laptop', 'phone'], 'laptop'),
      phoneNumber: player.pick([PHONE, OTHER_PHONE], PHONE),
      email: EMAIL,
      ...(player.isWrong && { idempotencyKey: 'key' }),
    }
    const response = await player.server(`/users/${user(player)}/actions/pay`, { body: attributes })
    keep(player.known.tokens, response.body.token)
    return response
  },
  async enrol(player) {
    const contact = player.pick(CONTACTS, PHONE)
    const body = contact.includes('@')
      ? { verificationMethod: player.pick(['EMAIL_OTP', 'EMAIL_MAGIC_LINK'], 'EMAIL_OTP'), email: contact }
      : { verificationMethod: player.pick(['SMS', 'WHATSAPP'], 'SMS'), phoneNumber: contact }
    const response = await player.server(`/users/${user(player)}/authenticators`, { body })
    keep(player.known.authenticatorIds, response.body.authenticator?.userAuthenticatorId)
    return response
  },
  update: player =>
    player.server(`/users/${user(player)}`, {
      method: 'PATCH',
      body: { displayName: 'Jane', custom: { vip: player.isWrong }, email: EMAIL, emailVerified: true },
    }),
  removeAuthenticator: player =>
    player.server(
      `/users/${user(player)}/authenticators/${player.pick(player.known.authenticatorIds, 'none')}`,
      { method: 'DELETE' },
    ),
  deleteUser: player => player.server(`/users/${user(player)}`, { method: 'DELETE' }),
  invalidateDevice: player => player.server(`/users/${user(player)}/devices/laptop/invalidate`, { body: {} }),
  challenge: player => client(player, `/challenge/${player.pick(METHODS, 'sms')}`, {}),
  verify: player =>
    client(player, `/verify/${player.pick(CODE_METHODS, 'sms')}`, { verificationCode: lastCode(player) }),
  enrolContact: player =>
    player.isWrong
      ? client(player, '/user-authenticators/email-otp', { email: EMAIL })
      : client(player, '/user-authenticators/sms', { phoneNumber: PHONE, smsChannel: 'WHATSAPP' }),
  finalize: player => client(player, '/verify/email-magic-link/finalize', {}),
  async follow({ emulator }) {
    const link = emulator.messages.list().find(({ url }) => url !== undefined)?.url
    if (link === undefined) return undefined
    return (await emulator.fetch(link, { method: 'POST' })).status
  },
  async enrolApp(player) {
    const response = await client(player, '/user-authenticators/totp', {})
    keep(player.known.totps, response.body?.secret)
    return response
  },
  verifyApp(player) {
    const secret = player.pick(player.known.totps, 'A'.repeat(32))
    const code = new TOTP({ secret }).generate({ timestamp: player.emulator.clock.now() })
    return client(player, '/verify/totp', { verificationCode: player.isWrong ? wrong(code) : code })
  },
  async signIn(player) {
    const method = player.pick(CONTACTS, PHONE).includes('@')
      ? { verificationMethod: 'EMAIL_OTP', email: EMAIL }
      : { verificationMethod: 'SMS', phoneNumber: PHONE }
    const claimed = player.isWrong ? { userId: user(player) } : {}
    const response = await player.server('/challenge', { body: { ...method, ...claimed, action: 'signIn' } })
    keep(player.known.challengeIds, response.body.challengeId)
    return response
  },
  late: ({ server }) =>
    server('/challenge', {
      body: { verificationMethod: 'SMS', action: 'signIn', phoneNumber: '+12025550103' },
    }),
  resend: player =>
    player.server('/challenge', { body: { challengeId: player.pick(player.known.challengeIds, 'none') } }),
  verifySignIn: player =>
    player.server('/verify', {
      body: {
        challengeId: player.pick(player.known.challengeIds, 'none'),
        verificationCode: lastCode(player),
      },
    }),
  async claim(player) {
    const challengeId = player.pick(player.known.challengeIds, 'none')
    const response = await player.server('/claim', { body: { challengeId, userId: user(player) } })
    keep(player.known.tokens, response.body.token)
    return response
  },
  enrolPhone: player => control(player, '/push/enroll', { userId: user(player) }),
  async push(player) {
    const response = await client(player, '/challenge/push', {})
    keep(player.known.push, response.body?.challengeId)
    return response
  },
  respond: player =>
    control(player, '/push/respond', {
      challengeId: player.pick(player.known.push, 'none'),
      approved: !player.isWrong,
    }),
  verifyPush: player =>
    client(player, '/verify/push', { challengeId: player.pick(player.known.push, 'none') }),
  async qr(player) {
    const body = { action: 'signIn', custom: { shop: 'a' } }
    const response = player.isWrong
      ? await client(player, '/challenge/qr-code', body)
      : await player.call('/v1/client/challenge/qr-code', { headers: tenantHeader, body })
    if (response.status === 200) keep(player.known.qr, response.body)
    return response
  },
  claimQr: player =>
    control(player, '/qr/claim', {
      challengeId: player.pick(
        player.known.qr.map(({ challengeId }) => challengeId),
        'none',
      ),
      userId: user(player),
    }),
  respondQr: player =>
    control(player, '/qr/respond', {
      challengeId: player.pick(
        player.known.qr.map(({ challengeId }) => challengeId),
        'none',
      ),
      approved: !player.isWrong,
    }),
  async verifyQr(player) {
    const { challengeId, deviceCode } = player.pick(player.known.qr, { challengeId: 'none', deviceCode: '-' })
    const body = { challengeId, deviceCode }
    const response = await player.call('/v1/client/verify/qr-code', { headers: tenantHeader, body })
    keep(player.known.tokens, response.body?.accessToken)
    return response
  },
  nameAction: player =>
    player.call('/v1/client/challenge/web', { headers: tenantHeader, body: { action: 'buy' } }),
  async passkey(player) {
    const path = '/v1/client/user-authenticators/passkey/authentication-options'
    const { body } = await player.call(path, { headers: tenantHeader, body: {} })
    const key = player.pick<Key | undefined>(player.known.keys, undefined)
    if (key === undefined) return undefined
    const authenticationCredential = await sign(key, body.options)
    const sent = { headers: tenantHeader, body: { authenticationCredential } }
    const response = await player.call('/v1/client/verify/passkey', sent)
    keep(player.known.tokens, response.body?.accessToken)
    return response
  },
  passkeyOptions: player => client(player, '/user-authenticators/passkey/registration-options', {}),
  async session(player) {
    const body = { token: token(player), clientId: 'app' }
    const response = await player.server('/sessions', { body })
    if (response.status === 200) keep(player.known.sessions, response.body)
    return response
  },
  async refreshSession(player) {
    const { refreshToken } = player.pick(player.known.sessions, { accessToken: '-', refreshToken: '-' })
    const response = await player.server('/sessions/refresh', { body: { refreshToken } })
    if (response.status === 200) keep(player.known.sessions, response.body)
    return response
  },
  readSession: player => {
    const { accessToken } = player.pick(player.known.sessions, { accessToken: '-', refreshToken: '-' })
    const path = player.isWrong ? '/sessions/revoke' : '/sessions/validate'
    return player.server(path, { body: { accessToken, clientIds: ['app'] } })
  },
  signUp: player => notp(player, '/notp/whatsapp/signup-in', player.isWrong ? {} : { loginId: 'jane' }),
  stepUp: player =>
    notp(
      player,
      '/notp/whatsapp/signin',
      { loginId: 'jane', loginOptions: { mfa: true, customClaims: { a: 1 }, tenantId: 'shop' } },
      player.pick(player.known.refreshJwts, ''),
    ),
  changeNumber: player =>
    notp(
      player,
      '/notp/whatsapp/update',
      { addToLoginIDs: player.isWrong },
      player.pick(player.known.refreshJwts, ''),
    ),
  approve: player =>
    control(player, '/notp/approve', {
      pendingRef: player.pick(player.known.logins, 'none'),
      phone: player.pick([PHONE, OTHER_PHONE], PHONE),
    }),
  collect: player =>
    notp(player, '/notp/pending-session', { pendingRef: player.pick(player.known.logins, 'none') }),
  refresh: player => notp(player, '/refresh', {}, player.pick(player.known.refreshJwts, '')),
  logOut: player => notp(player, '/logout', {}, player.pick(player.known.refreshJwts, '')),
  advance: player => control(player, '/clock', { advance: player.pick([30, 61, 700, 4000], 30) }),
  decide: player =>
    control(player, '/outcomes', {
      action: player.pick(['pay', '__proto__'], 'pay'),
      outcome: player.pick(['ALLOW', 'CHALLENGE', 'REVIEW', 'BLOCK'], 'BLOCK'),
    }),
  fail: player =>
    control(player, '/faults', {
      path: '/v1/users/*/devices',
      fault: 'array',
      times: player.pick([1, 2], 1),
      probability: 0.5,
    }),
  read: async ({ emulator }) => emulator.messages.next({ timeout: 0 }).catch(error => error.message),
}

/** All that a caller can read. */
const VIEWS: readonly Operation[] = [
  ...USERS.flatMap(userId => [
    ({ server }: Player) => server(`/users/${userId}`),
    ({ server }: Player) => server(`/users/${userId}/authenticators`),
    ({ server }: Player) => server(`/users/${userId}/actions`),
    ({ server }: Player) => server(`/users/${userId}/devices`),
    ({ server }: Player) => server(`/challenges?userId=${userId}`),
  ]),
  ({ server }) => server('/users'),
  ({ call }) => call('/emulator/messages'),
  ({ call }) => call('/emulator/push/pending'),
  ({ call }) => call('/emulator/qr/pending'),
  ({ call }) => call('/v2/keys/P2localdemo00000000000000000'),
  ({ emulator }) => Promise.resolve(emulator.clock.now()),
]

/** One call: which one, and its choices. */
export interface Step {
  readonly name: string
  readonly choice: number
  readonly isWrong: boolean
}

export const step = (name: string, choice = 0, isWrong = false): Step => ({ name, choice, isWrong })

/** Leaves a record of every kind. */
export const FULL: readonly Step[] = [
  // A code by WhatsApp, and a session with the token that it gives.
  ...[step('enrol', 2), step('track'), step('challenge', 2), step('verify', 1), step('session')],
  ...['enrolPhone', 'enrolApp', 'enrolContact', 'signIn', 'qr', 'claimQr', 'push'].map(name => step(name)),
  ...['nameAction', 'passkeyOptions', 'decide', 'fail', 'read'].map(name => step(name)),
  ...['signUp', 'approve', 'collect', 'stepUp', 'approve', 'changeNumber'].map(name => step(name)),
  step('advance', 3),
  step('late'),
]

export const steps = (minLength: number, maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      // Without a tracked action and a user, most calls are only refused.
      name: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...Object.keys(OPERATIONS)) },
        { weight: 1, arbitrary: fc.constantFrom('track', 'enrol', 'challenge', 'verify') },
      ),
      choice: fc.nat(1000),
      isWrong: fc.nat(3).map(number => number === 0),
    }),
    { minLength, maxLength },
  )

/** Makes the calls; returns every response, byte by byte, and what a caller can read afterwards. */
export async function play(emulator: Emulator, known: Known, history: readonly Step[]): Promise<string[]> {
  const harness = harnessOf(emulator)
  const log: string[] = []
  const record = async (name: string, operation: Operation, { choice, isWrong }: Omit<Step, 'name'>) => {
    // The newest more often: older ones are mostly used or expired.
    const pick = <Item>(items: readonly Item[], otherwise: Item) =>
      items.at(-1 - (choice % Math.max(items.length, 1))) ?? otherwise
    const result = await operation({ ...harness, known, pick, isWrong })
    log.push(`${name} ${JSON.stringify(result, withHeaders)}`)
  }
  for (const { name, ...step } of history) await record(name, OPERATIONS[name]!, step)
  for (const view of VIEWS) await record('view', view, { choice: 0, isWrong: false })
  return log
}

const withHeaders = (_: string, value: unknown) => (value instanceof Headers ? [...value] : value)

/** A user with a passkey, which takes too long to be part of a random history. */
export async function enrolPasskey(emulator: Emulator, known: Known) {
  const harness = harnessOf(emulator)
  const { token } = await harness.track('kim', { scope: SCOPE })
  const path = '/user-authenticators/passkey'
  const { options } = (await harness.client(token, `${path}/registration-options`, { body: {} })).body
  const { key, response } = await register(options)
  const call: Call = { body: { registrationCredential: response } }
  const { status } = await harness.client(token, path, call)
  if (status !== 200) throw new Error(`The passkey was not registered: ${status}`)
  known.keys.push(key)
}

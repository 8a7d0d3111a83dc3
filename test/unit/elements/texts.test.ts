/** Every screen, in a language that does not exist: what is not from its catalogue is found. */
import { WebAuthnError } from 'authsignal-channels'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ALL } from '../../../src/elements/challenge/all.js'
import type { ChallengeMessages } from '../../../src/elements/challenge/wording/catalogue.js'
import * as english from '../../../src/elements/challenge/wording/english.js'
import { addLanguage } from '../../../src/elements/challenge/wording/languages.js'
import { failure, fakeClient, held, mount, respond } from './harness.js'
import { ALL_SCOPES, authenticator, EMAIL, enrolled, enrolledBy, notEnrolled, SMS } from './sessions.js'

const ENGLISH: Record<string, string | { readonly other: string }> = Object.assign(
  {},
  ...Object.values(english),
)
const KEYS = Object.keys(ENGLISH)

/** Each text is the number of its key and its placeholders, so that a screen shows which texts it has. */
const NUMBERED = Object.fromEntries(
  KEYS.map((key, index) => {
    const text = ENGLISH[key]!
    const form = `⟦${index}⟧ ${String((typeof text === 'string' ? text : text.other).match(/\{\w+\}/g) ?? '')}`
    return [key, typeof text === 'string' ? form : { other: form }]
  }),
)

/** Of users, phones and secrets. */
const DATA = /j\*\*\*@example\.com|name@example\.com|Keychain|ABCDEFGH|ABCD|EFGH/g

const shown = new Set<string>()

/** Most texts are there at once. */
const INTERVAL = { interval: 2 }

beforeAll(() => {
  // Countdowns, which the tests skip.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  // Intl has words of this language, none of them in Latin letters.
  document.documentElement.lang = 'ar-XB'
  addLanguage('ar-XB', async () => ({ default: NUMBERED as ChallengeMessages }))
})
afterAll(() => {
  vi.useRealTimers()
  document.documentElement.removeAttribute('lang')
})

/** Until the next message may be sent, or the next code be tried. */
const skip = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

/** What users see and hear: texts, and the attributes that are read out. */
function textsOf(root: Element): string[] {
  const elements = [root, ...root.querySelectorAll('*')]
  const attributes = [
    'aria-label',
    'aria-description',
    'aria-valuetext',
    'aria-roledescription',
    'title',
    'alt',
  ]
  return [
    root.textContent ?? '',
    ...elements.flatMap(element =>
      [...attributes, 'placeholder'].map(name => element.getAttribute(name) ?? ''),
    ),
  ]
}

type Session = Parameters<typeof fakeClient>[0]
type Client = ReturnType<typeof fakeClient>

async function open(session: Session, change: (client: Client) => void = () => {}, input: object = {}) {
  const client = fakeClient(session)
  change(client)
  const { node, challenge } = mount(client, input)

  /** Waits for a text, and checks all that is on screen. */
  async function see(...keys: string[]) {
    for (const key of keys)
      await vi.waitFor(() => {
        const marks = textsOf(node).flatMap(text => [...text.matchAll(/⟦(\d+)⟧/g)])
        const found = marks.map(([, index]) => KEYS[Number(index)]!)
        for (const each of found) shown.add(each)
        expect(found).toContain(key)
      }, INTERVAL)
    const others = textsOf(node).map(text => text.replace(/⟦\d+⟧/g, '').replace(DATA, ''))
    expect(others.filter(text => /\p{Script=Latin}/u.test(text))).toEqual([])
  }

  const button = (key: string) => {
    const mark = `⟦${KEYS.indexOf(key)}⟧`
    const found = [...node.querySelectorAll('button')].find(each => each.textContent?.includes(mark))
    if (!found) throw new Error(`There is no button ${key} in ${node.textContent}`)
    return found
  }
  const click = (key: string) => button(key).click()
  const type = (value: string) => {
    const field = node.querySelector<HTMLInputElement>('input:not([type=checkbox])')!
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const submit = () =>
    node.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  return { node, client, challenge, see, click, type, submit }
}

const wrong = (failureReason: string) => () => respond({ isVerified: false, failureReason })
const thrown = (code: string) =>
  new WebAuthnError({ message: '', code: code as 'ERROR_INVALID_DOMAIN', cause: new DOMException('') })

test('loading', async () => {
  const { see } = await open(enrolled(), client =>
    client.session.init.mockImplementation(() => held().promise),
  )
  await see('loading')
  await vi.waitFor(() => see('stillLoading'), { timeout: 5000 })
})

test.each([
  ['CHALLENGE_FAILED', 'blocked', 'goBack'],
  ['REVIEW_REQUIRED', 'inReview', 'close'],
])('a session in the state %s', async (state, name, leave) => {
  const exit = () => (leave === 'close' ? 'close' : 'return')
  const { see } = await open(enrolled({ state }), undefined, { exit })
  await see(`notice.${name}.title`, `notice.${name}.lead`, leave)
})

test.each([
  ['incomplete', { token: undefined }],
  ['invalid', { token: 'not a token' }],
])('a link that is %s', async (name, input) => {
  const { see } = await open(enrolled(), undefined, input)
  await see(`notice.${name}.title`, `notice.${name}.lead`)
})

test.each([
  ['expired_token', ['notice.expired.title', 'notice.expired.lead']],
  ['network_error', ['notice.offline.title', 'notice.offline.lead', 'tryAgain']],
  ['E_UNKNOWN', ['notice.failed.title', 'error.anyOther']],
  ['forbidden', ['error.forbidden']],
  ['not_found', ['error.not_found']],
  ['too_many_requests', ['error.too_many_requests']],
  ['server_error', ['error.server_error']],
])('a session that could not be loaded: %s', async (code, keys) => {
  const { see } = await open(enrolled(), client =>
    client.session.init.mockImplementation(() => failure(code)),
  )
  await see(...keys)
})

test('a user without a method that works here', async () => {
  const { see } = await open(enrolled({ authenticators: [], verificationMethods: [] }))
  await see('notice.noMethod.title', 'notice.noMethod.lead')
})

test('choosing a method, and adding one instead', async () => {
  const session = enrolled({ scopes: ALL_SCOPES, authenticators: [SMS, EMAIL] })
  const { see, click } = await open(session)
  await see('choose.challenge.title', 'choose.challenge.lead', 'sms.label', 'email.label', 'cancel')
  click('choose.setUpAnother')
  await see('choose.add.title', 'choose.add.lead', 'emailML.hint', 'totp.hint', 'passkey.hint', 'back')
  await see('securityKey.hint')
})

test('choosing a method that has no name', async () => {
  const authenticators = [authenticator('WHATSAPP'), authenticator('PUSH'), authenticator('SMS')]
  const { see } = await open(enrolled({ authenticators, verificationMethods: ['WHATSAPP', 'PUSH', 'SMS'] }))
  await see('whatsapp.hint', 'push.hint', 'sms.hint')
})

test('a method that a new user cannot have yet', async () => {
  const { see } = await open(notEnrolled({ verificationMethods: ['SMS', 'EMAIL_OTP'] }))
  await see('whatsapp.label', 'whatsapp.unavailable')
})

test('choosing the first method', async () => {
  const verificationMethods = ['SMS', 'WHATSAPP', 'EMAIL_OTP']
  const { see } = await open(notEnrolled({ verificationMethods, user: { phoneNumber: '+447700900123' } }))
  await see('choose.enrol.title', 'choose.enrol.lead', 'sms.label', 'whatsapp.label', 'email.hint')
})

test.each([
  ['sms', authenticator('SMS', { phoneNumber: '+44*****123' })],
  ['whatsapp', authenticator('WHATSAPP', { phoneNumber: '+44*****123' })],
  ['email', authenticator('EMAIL_OTP', { email: 'j***@example.com' })],
] as const)('a code by %s: sending, sent, wrong, sent again, too many', async (name, only) => {
  const sent = held()
  const { see, click, type, submit, client } = await open(enrolledBy(only), fake =>
    fake[name].challenge.mockImplementationOnce(() => sent.promise),
  )
  await see('code.title', 'code.label', 'code.sendingTo', 'sending', 'resend.lead', 'continue', 'cancel')
  sent.settle(await respond({ challengeId: 'c' }))
  await see(`${name}.sentTo`, 'code.resendIn')
  await skip(30)
  await see('code.resend')

  type('123')
  submit()
  await see('code.incomplete')

  const checked = held()
  client[name].verify.mockImplementationOnce(() => checked.promise)
  type('123456')
  await see('code.checking')
  checked.settle(await wrong('CODE_INVALID_OR_EXPIRED')())
  await see('code.wrong')

  client[name].verify.mockImplementationOnce(wrong('MAX_ATTEMPTS_EXCEEDED'))
  type('123457')
  await see('code.locked', 'code.lockedFor')
  await skip(300)

  client[name].verify.mockImplementationOnce(() => failure('network_error'))
  type('123458')
  await see('error.network_error', 'tryAgain')

  click('code.resend')
  await see('code.resent')

  await skip(30)
  client[name].challenge.mockImplementationOnce(() => failure('timeout'))
  click('code.resend')
  await see('code.failedTo', 'error.timeout')

  client[name].challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 90 }))
  click('tryAgain')
  await see('code.tooMany', 'code.resendIn')
})

test('a code to a number that is not known here: sending, sent, not sent', async () => {
  const sent = held()
  const { see, click, client } = await open(enrolledBy(authenticator('SMS')), fake =>
    fake.sms.challenge.mockImplementationOnce(() => sent.promise),
  )
  await see('code.sending')
  sent.settle(await respond({ challengeId: 'c' }))
  await see('code.sent')
  await skip(30)
  client.sms.challenge.mockImplementationOnce(() => failure('network_error'))
  await see('code.resend')
  click('code.resend')
  await see('code.failed')
})

test('too many wrong codes, with another method', async () => {
  const { see, click, type } = await open(enrolled(), client =>
    client.sms.verify.mockImplementation(wrong('MAX_ATTEMPTS_EXCEEDED')),
  )
  await see('sms.label')
  click('sms.label')
  await see('code.title', 'useOther')
  type('123456')
  await see('code.lockedUseOther')
})

test.each(['emailML', 'push'] as const)(
  'waiting for %s: sending, waiting, no response, too many',
  async name => {
    const only =
      name === 'push'
        ? authenticator('PUSH', { displayName: 'Keychain' })
        : authenticator('EMAIL_MAGIC_LINK', { email: 'j***@example.com' })
    for (const owned of [only, authenticator(only.verificationMethod)]) {
      const suffix = owned === only ? 'To' : ''
      const [sent, waited] = [held(), held()]
      const { see, click, client, challenge } = await open(enrolledBy(owned), fake => {
        fake[name].challenge.mockImplementationOnce(() => sent.promise)
        const wait = name === 'push' ? fake.push.waitForResult : fake.emailML.checkVerificationStatus
        wait.mockImplementationOnce(() => waited.promise).mockImplementation(() => held().promise)
      })
      await see(`${name}.title`, `${name}.sending${suffix}`)
      sent.settle(await respond({ challengeId: 'c' }))
      await see(`${name}.sent${suffix}`, `${name}.waiting`, `${name}.resendIn`)
      await skip(30)
      await see(`${name}.resend`)
      waited.settle(await failure('timeout'))
      await see(`${name}.noResponse`, 'tryAgain')
      click('tryAgain')
      await see(`${name}.resent`)
      await skip(30)
      client[name].challenge.mockImplementationOnce(() => failure('too_many_requests', { retryAfter: 90 }))
      click(`${name}.resend`)
      await see(`${name}.failed${suffix}`, `${name}.tooMany`, `${name}.resendIn`)
      challenge.unmount()
    }
  },
)

test('a QR code: waiting, scanned, another one, failed', async () => {
  const methods = Object.values(ALL)
  const { see, click, client, node } = await open(enrolledBy(SMS), undefined, { methods })
  await see('qrCode.label', 'qrCode.hint')
  click('qrCode.label')
  await see('qrCode.title', 'qrCode.lead', 'qrCode.picture', 'qrCode.waiting', 'useOther')
  const [input] = client.qrCode.challenge.mock.calls[0]!
  input.onStateChange('claimed')
  await see('qrCode.scanned')
  input.onRefresh!('c2', '')
  await see('qrCode.renewed')
  input.onError!(await failure('server_error'))
  await see('error.server_error', 'tryAgain')
  expect(node.querySelector('[data-authsignal=qr]')).toBeNull()
  click('tryAgain')
  await see('qrCode.waiting')
})

test('a request that the user has rejected', async () => {
  const { see } = await open(enrolledBy(authenticator('PUSH')), client =>
    client.push.waitForResult.mockImplementation(() => respond({ isVerified: false, isConsumed: true })),
  )
  await see('notice.rejected.title', 'notice.rejected.lead')
})

test.each([
  ['sms', 'SMS', 'phoneNumber', 'code.send'],
  ['email', 'EMAIL_OTP', 'emailAddress', 'code.send'],
  ['emailML', 'EMAIL_MAGIC_LINK', 'emailAddress', 'emailML.send'],
] as const)('adding %s: invalid, refused, sent, changed', async (name, method, field, send) => {
  const session = notEnrolled({ verificationMethods: [method], smsOptIn: name === 'sms' })
  const { node, see, click, type, submit, client } = await open(session)
  await see(`${name}.add.title`, `${name}.add.lead`, `${field}.label`, send)
  if (name === 'sms') await see('phoneNumber.hint', 'sms.consent')
  type('1')
  submit()
  await see(`${field}.invalid`)

  type(name === 'sms' ? '+447700900123' : 'name@example.com')
  if (name === 'sms') {
    submit()
    await see('sms.consentMissing')
    node.querySelector<HTMLInputElement>('input[type=checkbox]')!.click()
  }
  client[name].enroll.mockImplementationOnce(() => failure('invalid_request'))
  submit()
  await see(`${field}.refused`)
  client[name].enroll.mockImplementationOnce(() => failure('network_error'))
  submit()
  await see('error.network_error')
  if (name === 'emailML') client.emailML.checkVerificationStatus.mockImplementation(() => held().promise)
  const sent = held()
  client[name].enroll.mockImplementationOnce(() => sent.promise)
  submit()
  await see('sending')
  sent.settle(await respond({ userAuthenticatorId: 'a', userId: 'u' }))
  await see(`${name}.sentTo`, `${field}.change`)
  click(`${field}.change`)
  await see(`${name}.add.title`)
})

test('adding an authenticator app, and a wrong code of it', async () => {
  const { see, click, type } = await open(
    notEnrolled({ verificationMethods: ['AUTHENTICATOR_APP'] }),
    client => client.totp.verify.mockImplementation(wrong('CODE_INVALID_OR_EXPIRED')),
  )
  await see('totp.add.title', 'totp.add.lead', 'totp.picture', 'totp.key', 'totp.copy', 'continue')
  const write = vi.spyOn(navigator.clipboard, 'writeText')
  write.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'))
  click('totp.copy')
  await see('totp.notCopied')
  write.mockResolvedValueOnce()
  click('totp.copy')
  await see('totp.copied')
  write.mockRestore()
  click('continue')
  await see('totp.instruction', 'back')
  type('123456')
  await see('totp.wrong')
})

test.each([
  ['passkey', 'PASSKEY', 'signIn', 'signUp'],
  ['securityKey', 'SECURITY_KEY', 'verify', 'enroll'],
] as const)('a %s: running, each error, adding', async (name, method, prove, add) => {
  const callOf = (client: Client, call: string) =>
    (client[name] as unknown as Record<string, typeof client.passkey.signIn>)[call]!
  const running = held()
  const { see, click, client, challenge } = await open(enrolledBy(authenticator(method)), fake =>
    callOf(fake, prove).mockImplementationOnce(() => running.promise),
  )
  await see(`${name}.challenge.title`, `${name}.challenge.lead`, `${name}.challenge.button`)
  click(`${name}.challenge.button`)
  await see('ceremony.running')
  running.settle(await failure('unknown_credential'))
  await see(`${name}.notLinked`, 'tryAgain')

  const errors = [
    [() => failure('timeout'), `${name}.timeout`],
    [() => Promise.reject(new Error('none here')), `${name}.unsupported`],
    [() => Promise.reject(thrown('ERROR_INVALID_DOMAIN')), `${name}.wrongAddress`],
    [
      () => Promise.reject(thrown('ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG')),
      `${name}.unsuitable`,
    ],
    [() => Promise.reject(thrown('ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY')), `${name}.notUsed`],
  ] as const
  for (const [response, key] of errors) {
    callOf(client, prove).mockImplementationOnce(response)
    click('tryAgain')
    await see(key)
  }
  challenge.unmount()

  for (const isFramed of [false, true]) {
    if (isFramed) vi.spyOn(window, 'parent', 'get').mockReturnValue({} as Window)
    const adding = await open(notEnrolled({ verificationMethods: [method] }))
    vi.restoreAllMocks()
    await adding.see(`${name}.enrolment.title`, `${name}.enrolment.lead`, `${name}.enrolment.button`)
    callOf(adding.client, add).mockRejectedValueOnce(thrown('ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'))
    adding.click(`${name}.enrolment.button`)
    await adding.see(`${name}.added`)
    callOf(adding.client, add).mockRejectedValueOnce(thrown('ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY'))
    adding.click('tryAgain')
    await adding.see(isFramed ? `${name}.notAddedFramed` : `${name}.notAdded`)
    adding.challenge.unmount()
  }
})

const METHODS = {
  sms: 'SMS',
  whatsapp: 'WHATSAPP',
  email: 'EMAIL_OTP',
  emailML: 'EMAIL_MAGIC_LINK',
  totp: 'AUTHENTICATOR_APP',
  passkey: 'PASSKEY',
  securityKey: 'SECURITY_KEY',
  push: 'PUSH',
  qrCode: 'DEVICE',
} as const

test.each(Object.entries(METHODS))('the settings, and removing %s', async (name, method) => {
  for (const [phoneNumber, verifiedAt] of [
    ['+44*****123', '2030-01-31T12:00:00.000Z'],
    [undefined, '2030-01-01T12:00:00.000Z'],
  ])
    for (const isLast of [true, false]) {
      const own = authenticator(method, {
        ...(phoneNumber && { phoneNumber }),
        verifiedAt: verifiedAt!,
        lastVerifiedAt: '2030-01-31T12:05:00.000Z',
        isDefault: true,
      })
      const authenticators = isLast
        ? [own]
        : [own, authenticator('EMAIL_OTP', { userAuthenticatorId: 'other' })]
      const session = enrolled({
        state: 'CHALLENGE_SUCCEEDED',
        redirectToSettings: true,
        scopes: ALL_SCOPES,
        authenticators,
      })
      const { see, click, challenge, client } = await open(session, undefined, {
        methods: Object.values(ALL),
      })
      await see('settings.title', 'settings.lead', `${name}.label`, 'settings.add', 'settings.done')
      await see(phoneNumber ? 'settings.history' : 'settings.historyUsed')
      await see('settings.remove', phoneNumber ? 'settings.removeNamed' : 'settings.removeMethod')
      if (!isLast) await see('settings.default')
      click('settings.remove')
      await see(`${name}.remove`, 'removal.remove', 'removal.keep')
      await see(`removal.${isLast ? 'last' : 'other'}${phoneNumber ? 'Named' : ''}`)
      client.session.init.mockImplementation(() =>
        respond({ challengeOptions: { ...session, authenticators: [] } }),
      )
      const removed = held()
      client.session.removeAuthenticator.mockImplementationOnce(() => removed.promise)
      click('removal.remove')
      await see('removal.removing')
      removed.settle(await respond({ success: true }))
      await see('settings.removed', 'settings.empty')
      challenge.unmount()
    }
})

test('adding a method in the settings', async () => {
  const session = enrolled({ state: 'CHALLENGE_SUCCEEDED', redirectToSettings: true, scopes: ALL_SCOPES })
  const { see, click } = await open(session)
  await see('settings.add')
  click('settings.add')
  await see('passkey.label')
  click('passkey.label')
  await see('passkey.enrolment.button')
  click('passkey.enrolment.button')
  await see('settings.added')
})

test('skipping what is not needed', async () => {
  const { see, type, click } = await open(enrolledBy(SMS), undefined, { forceEnrollment: true })
  await see('code.title')
  type('123456')
  await see('notNow')
  click('notNow')
  await see('ended.verified')
})

test.each(['close', 'return', 'none'] as const)('the end, with the exit %s', async exit => {
  const { see, challenge } = await open(enrolled(), undefined, { exit: () => exit })
  await see('sms.label')
  challenge.leave()
  await see('ended.cancelled', `ended.${exit}`)
})

test('every text of the catalogue was on a screen', () => {
  expect(KEYS.filter(key => !shown.has(key))).toEqual([])
})

/**
 * Every public method of `@authsignal/browser`, unmodified, against the emulator; and every one of them with
 * ours, by the same line. What the original can do here, ours can.
 *
 * The other ways to open the hosted page are `original-sdk.test.ts`; what only ours does is elsewhere.
 */
import type { Authsignal as Backend } from '@authsignal/node'
import type { TestAuthsignal, TestUser, UserOptions } from 'authsignal-channels/testing/vitest'
import type { Page } from 'playwright-core'
import ts from 'typescript'
import { describe, expect, test as plainTest } from 'vitest'
import type { Actions } from '../support/actions.js'
import { type AuthenticatorKind, plugIn } from '../support/authenticators.js'
import { control } from '../support/control.js'
import { EMAIL, PHONE, wrongCode } from '../support/jane.js'
import { base32, totpCode } from '../support/rfc-6238.js'
import { SDKS, testWith } from './sdks.js'

/** The fields of both SDKs' responses that these tests read. */
interface Result {
  readonly data?: {
    readonly challengeId?: string
    readonly deviceCode?: string
    readonly isVerified?: boolean
    readonly isConsumed?: boolean
    readonly token?: string
    readonly userId?: string
    readonly secret?: string
  }
  readonly errorCode?: string
}

/** What a scenario is given. */
interface Scene {
  readonly page: Page
  readonly authsignal: TestAuthsignal
  readonly backend: Backend
  readonly jane: TestUser
  /** Calls a method of the client, such as `sms.verify`, with arguments as they are written in the page. */
  call<T = Result>(method: string, argument?: string): Promise<T>
  /** Gives the client the token of an action. */
  track(action?: string): Promise<{ url: string }>
  /** The token proves to a backend that jane has completed the action. */
  readonly expectValid: Actions['expectValid']
  plugIn(kind: AuthenticatorKind): Promise<unknown>
}

interface Scenario {
  /** The methods that it calls, each at least once. */
  readonly methods: readonly string[]
  /** What jane has when it begins. */
  readonly has?: UserOptions
  run(scene: Scene): Promise<void>
}

const scenarios: Record<string, Scenario> = {
  'challenges by sms, after a wrong code and a resend': byCode('sms', PHONE),
  'challenges by whatsapp, after a wrong code and a resend': byCode('whatsapp', PHONE),
  'challenges by email, after a wrong code and a resend': byCode('email', EMAIL),
  'enrols by sms': enrolment('sms', 'SMS', { phoneNumber: PHONE }),
  'enrols by email': enrolment('email', 'EMAIL_OTP', { email: EMAIL }),

  'enrols an authenticator app': {
    methods: ['totp.enroll', 'totp.verify'],
    async run({ call, track, expectValid }) {
      await track()
      const { data } = await call('totp.enroll')
      const code = await totpCode(base32(data!.secret!), Date.now())
      const verified = await call('totp.verify', `{ code: '${code}' }`)
      await expectValid(verified.data?.token)
    },
  },

  'enrols and challenges by magic link': {
    methods: ['emailML.enroll', 'emailML.challenge', 'emailML.checkVerificationStatus'],
    async run({ jane, call, track, expectValid }) {
      const follow = async () => {
        const { status } = await fetch(await jane.email.link(), { method: 'POST' })
        expect(status).toBe(200)
      }
      await track()
      const enrolled = await call('emailML.enroll', `{ email: '${EMAIL}' }`)
      expect(enrolled.data?.userId).toBe('jane')
      await follow()
      const first = await call('emailML.checkVerificationStatus')
      await expectValid(first.data?.token)

      await track('withdraw')
      const challenged = await call('emailML.challenge')
      expect(challenged.data?.challengeId).toEqual(expect.any(String))
      await follow()
      const second = await call('emailML.checkVerificationStatus')
      await expectValid(second.data?.token, 'withdraw')
    },
  },

  'adds a passkey, finds it and signs in with it': {
    methods: ['passkey.signUp', 'passkey.signIn', 'passkey.isAvailableOnDevice'],
    async run({ page, call, track, expectValid, plugIn }) {
      await plugIn('device')
      await track()
      const isAvailable = () => call<boolean>('passkey.isAvailableOnDevice', `{ userId: 'jane' }`)
      expect(await isAvailable()).toBe(false)

      const added = await call('passkey.signUp', `{ username: 'jo@example.com', displayName: 'Jo' }`)
      await expectValid(added.data?.token)
      expect(await isAvailable()).toBe(true)

      await page.reload()
      const signedIn = await call('passkey.signIn', `{ action: 'log-in' }`)
      expect(signedIn.data).toMatchObject({ isVerified: true, userId: 'jane', username: 'jo@example.com' })
      await expectValid(signedIn.data?.token, 'log-in')
      const filledIn = await call('passkey.signIn', '{ autofill: true }')
      await expectValid(filledIn.data?.token, 'signInWithPasskey')
      const inCookies = await call('passkey.signIn', '{ useCookies: true }')
      await expectValid(inCookies.data?.token, 'signInWithPasskey')
    },
  },

  'adds a security key and uses it': {
    methods: ['securityKey.enroll', 'securityKey.verify'],
    async run({ call, track, expectValid, plugIn }) {
      await plugIn('u2fKey')
      await track()
      const enrolled = await call('securityKey.enroll')
      await expectValid(enrolled.data?.token)
      await track('withdraw')
      const verified = await call('securityKey.verify')
      await expectValid(verified.data?.token, 'withdraw')
    },
  },

  'sends a request to the user’s phone': {
    methods: ['push.challenge', 'push.verify'],
    has: { push: true },
    async run({ jane, call, track, expectValid }) {
      await track()
      const { data } = await call('push.challenge', `{ action: 'pay' }`)
      const { challengeId } = data!
      const verify = () => call('push.verify', `{ challengeId: '${challengeId}' }`)
      expect((await verify()).data).toMatchObject({ isVerified: false, isConsumed: false })
      await jane.push.approve()
      const verified = await verify()
      expect(verified.data).toMatchObject({ isVerified: true, isConsumed: true })
      await expectValid(verified.data?.token)
    },
  },

  'shows a QR code over a WebSocket, and another one': qrCode('polling: false'),
  'shows a QR code by polling, and another one': qrCode('polling: true, pollInterval: 100'),

  'loads the profiling script': {
    methods: ['initAdvancedProfiling'],
    async run({ page, call }) {
      const requested = page.waitForRequest(/\/fp\/tags\.js\?/)
      await page.route('https://h.online-metrix.net/**', route => route.abort())
      await call('initAdvancedProfiling')
      const id = await page.evaluate<string>('client.profilingId')
      expect(id).toMatch(/^[\da-f-]{36}$/)
      const script = await page.locator('script#as_adv_profile').getAttribute('src')
      expect(script).toBe(`https://h.online-metrix.net/fp/tags.js?org_id=4a08uqve&session_id=${id}`)
      expect((await requested).url()).toBe(script)
      await page.locator('noscript#as_adv_profile_pixel').waitFor({ state: 'attached' })

      const own = await page.evaluate<string>('location.origin')
      await call('initAdvancedProfiling', JSON.stringify(own))
      expect(await page.evaluate('client.profilingId')).not.toBe(id)
      const scripts = page.locator(`script#as_adv_profile[src^="${own}/fp/tags.js?"]`)
      await scripts.waitFor({ state: 'attached' })
    },
  },

  'opens the hosted page in a popup': {
    methods: ['setToken', 'launch'],
    has: { sms: PHONE },
    async run({ page, track, call, jane, expectValid }) {
      const { url } = await track()
      const outcome = call<{ token?: string }>('launch', `${JSON.stringify(url)}, { mode: 'popup' }`)
      const hosted = page.frameLocator('#__authsignal-popup-iframe')
      await hosted.getByLabel('6-digit code').fill(await jane.sms.code())
      await expectValid((await outcome).token)
      await page.locator('#__authsignal-popup-container').waitFor({ state: 'detached' })
    },
  },
}

function byCode(channel: 'sms' | 'whatsapp' | 'email', address: string): Scenario {
  return {
    methods: [`${channel}.challenge`, `${channel}.verify`],
    has: { [channel]: address },
    async run({ jane, call, track, expectValid }) {
      await track()
      const { data } = await call(`${channel}.challenge`)
      expect(data?.challengeId).toEqual(expect.any(String))
      const wrong = wrongCode(await jane[channel].code())
      const refused = await call(`${channel}.verify`, `{ code: '${wrong}' }`)
      expect(refused.data).toMatchObject({ isVerified: false, failureReason: 'CODE_INVALID_OR_EXPIRED' })

      await call(`${channel}.challenge`)
      const verified = await call(`${channel}.verify`, `{ code: '${await jane[channel].code()}' }`)
      expect(verified.data?.isVerified).toBe(true)
      await expectValid(verified.data?.token)
    },
  }
}

function enrolment(channel: 'sms' | 'email', verificationMethod: string, address: object): Scenario {
  return {
    methods: [`${channel}.enroll`, `${channel}.verify`],
    async run({ backend, jane, call, track, expectValid }) {
      await track()
      const { data } = await call(`${channel}.enroll`, JSON.stringify(address))
      expect(data?.userId).toBe('jane')
      const verified = await call(`${channel}.verify`, `{ code: '${await jane[channel].code()}' }`)
      expect(verified.data?.isVerified).toBe(true)
      await expectValid(verified.data?.token)
      expect(await backend.getAuthenticators({ userId: 'jane' })).toMatchObject([{ verificationMethod }])
    },
  }
}

function qrCode(options: string): Scenario {
  return {
    methods: ['qrCode.challenge', 'qrCode.refresh', 'qrCode.disconnect'],
    has: { sms: PHONE },
    async run({ page, authsignal, call, track, expectValid }) {
      await track()
      await page.evaluate(`states = []; codes = []; token = undefined`)
      const callbacks = `
        onStateChange(state, newToken) { states.push(state); token = newToken },
        onRefresh(challengeId) { codes.push(challengeId) }`
      const { data } = await call('qrCode.challenge', `{ action: 'pay', ${options}, ${callbacks} }`)
      expect(data?.challengeId).toEqual(expect.any(String))
      expect(typeof data?.deviceCode).toBe(options.includes('true') ? 'string' : 'undefined')

      await call('qrCode.refresh')
      await page.waitForFunction('codes.length === 1')
      const challengeId = await page.evaluate<string>('codes[0]')
      expect(challengeId).not.toBe(data?.challengeId)
      await control(authsignal, 'qr/claim', { challengeId, userId: 'jane' })
      // The original repeats a state that it polls.
      await page.waitForFunction(`states.at(-1) === 'claimed'`)
      await control(authsignal, 'qr/respond', { challengeId, approved: true })
      await page.waitForFunction(`states.at(-1) === 'approved'`)
      await expectValid(await page.evaluate<string>('token'))
      await call('qrCode.disconnect')
    },
  }
}

for (const sdk of SDKS) {
  const test = testWith(sdk.file)

  describe(`${sdk.name}, from a script tag`, () => {
    for (const [sentence, { methods, has = {}, run }] of Object.entries(scenarios)) {
      test(sentence, async ({ actions, app, authsignal, backend, page }) => {
        const jane = await authsignal.user('jane', has)
        const called = new Set<string>()
        const call = <T>(method: string, argument = '') => {
          called.add(method)
          return page.evaluate<T>(`client.${method}(${argument})`)
        }
        await page.goto(app.url)
        await run({
          authsignal,
          backend,
          call,
          expectValid: actions.expectValid,
          jane,
          page,
          plugIn: kind => plugIn(page, kind),
          async track(action) {
            const { token, url } = await actions.track(action)
            await call('setToken', JSON.stringify(token))
            return { url }
          },
        })
        expect([...called]).toEqual(expect.arrayContaining([...methods]))
      })
    }
  })
}

plainTest('these scenarios call every public method that the original declares', () => {
  const methods = Object.values(scenarios).flatMap(({ methods }) => methods)
  expect([...new Set(methods)].sort()).toEqual(declaredMethods().sort())
})

/** The methods of the original's client and of its channels, such as `sms.verify`, as its types declare them. */
function declaredMethods(): string[] {
  const file = new URL('../../node_modules/@authsignal/browser/dist/authsignal.d.ts', import.meta.url)
    .pathname
  const program = ts.createProgram([file], {
    skipLibCheck: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
  const checker = program.getTypeChecker()
  const [client] = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!)

  const publicOf = (type: ts.Type) =>
    type.getProperties().filter(({ valueDeclaration }) => {
      const flags = valueDeclaration ? ts.getCombinedModifierFlags(valueDeclaration) : 0
      return !(flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected))
    })
  const methodsOf = (type: ts.Type, prefix = ''): string[] =>
    publicOf(type).flatMap(member => {
      const typeOfMember = checker.getTypeOfSymbol(member)
      if (typeOfMember.getCallSignatures().length > 0) return [prefix + member.name]
      const isChannel = prefix === '' && typeOfMember.symbol?.flags & ts.SymbolFlags.Class
      return isChannel ? methodsOf(typeOfMember, `${member.name}.`) : []
    })
  return methodsOf(checker.getDeclaredTypeOfSymbol(client!))
}

/**
 * Every public method of `@authsignal/browser`, unmodified, against the emulator; and every one of them with
 * ours, by the same line. What the original can do here, ours can.
 *
 * Wrong codes, resending and the hosted page are `original-sdk.test.ts`; what only ours does is elsewhere.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type AuthenticatorKind, plugIn } from '../support/authenticators.js'
import { test } from '../support/browser.js'
import { PATIENCE } from '../support/patience.js'
import { base32, totpCode } from '../support/rfc-6238.js'
import { type Method, type Service, startService, type User } from '../support/service.js'
import { html, type Site, serve } from '../support/site.js'
import { SDKS } from './sdks.js'

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
  readonly user: User
  /** Calls a method of the client, such as `sms.verify`, with arguments as they are written in the page. */
  call<T = Result>(method: string, argument?: string): Promise<T>
  /** Gives the client the token of an action. */
  track(action?: string): Promise<{ url: string }>
  /** The token proves to a backend that the user has completed the action. */
  expectValid(token: string | undefined, action?: string): Promise<void>
  plugIn(kind: AuthenticatorKind): Promise<unknown>
  /** What the user's phone does. */
  phone(path: string, body: object): Promise<void>
}

interface Scenario {
  /** The methods that it calls, each at least once. */
  readonly methods: readonly string[]
  /** What the user has when it begins. */
  readonly has?: readonly Method[]
  run(scene: Scene): Promise<void>
}

let service: Service

beforeAll(async () => {
  service = await startService()
})

afterAll(() => service.close())

const scenarios: Record<string, Scenario> = {
  'challenges by sms': byCode('sms', 'SMS'),
  'challenges by whatsapp': byCode('whatsapp', 'WHATSAPP'),
  'challenges by email': byCode('email', 'EMAIL_OTP'),
  'enrols by sms': enrolment('sms', 'SMS', 'phoneNumber'),
  'enrols by email': enrolment('email', 'EMAIL_OTP', 'email'),

  'enrols an authenticator app': {
    methods: ['totp.enroll', 'totp.verify'],
    async run({ call, track, expectValid }) {
      await track()
      const { data } = await call('totp.enroll')
      const code = await totpCode(base32(data!.secret!), service.emulator.clock.now())
      const verified = await call('totp.verify', `{ code: '${code}' }`)
      await expectValid(verified.data?.token)
    },
  },

  'enrols and challenges by magic link': {
    methods: ['emailML.enroll', 'emailML.challenge', 'emailML.checkVerificationStatus'],
    async run({ user, call, track, expectValid }) {
      const follow = async () => {
        const { url } = await service.emulator.messages.next({ to: user.email, timeout: PATIENCE })
        expect((await fetch(url!, { method: 'POST' })).status).toBe(200)
      }
      await track()
      const enrolled = await call('emailML.enroll', `{ email: '${user.email}' }`)
      expect(enrolled.data?.userId).toBe(user.userId)
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
    async run({ user, page, call, track, expectValid, plugIn }) {
      await plugIn('device')
      await track()
      const { userId } = user
      const isAvailable = () => call<boolean>('passkey.isAvailableOnDevice', `{ userId: '${userId}' }`)
      expect(await isAvailable()).toBe(false)

      const added = await call('passkey.signUp', `{ username: 'jo@example.com', displayName: 'Jo' }`)
      await expectValid(added.data?.token)
      expect(await isAvailable()).toBe(true)

      await page.reload()
      const signedIn = await call('passkey.signIn', `{ action: 'log-in' }`)
      expect(signedIn.data).toMatchObject({ isVerified: true, userId, username: 'jo@example.com' })
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
    async run({ user, call, track, expectValid, phone }) {
      await phone('push/enroll', { userId: user.userId })
      await track()
      const { data } = await call('push.challenge', `{ action: 'pay' }`)
      const { challengeId } = data!
      const verify = () => call('push.verify', `{ challengeId: '${challengeId}' }`)
      expect((await verify()).data).toMatchObject({ isVerified: false, isConsumed: false })
      await phone('push/respond', { challengeId, approved: true })
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

  'opens the hosted page': {
    methods: ['setToken', 'launch'],
    has: ['SMS'],
    async run({ page, track, call, user, expectValid }) {
      const { url } = await track()
      const outcome = call<{ token?: string }>('launch', `${JSON.stringify(url)}, { mode: 'popup' }`)
      const hosted = page.frameLocator('#__authsignal-popup-iframe')
      await hosted.getByLabel('6-digit code').fill(await user.nextCode('SMS'))
      await expectValid((await outcome).token)
    },
  },
}

function byCode(channel: string, method: Method): Scenario {
  return {
    methods: [`${channel}.challenge`, `${channel}.verify`],
    has: [method],
    async run({ user, call, track, expectValid }) {
      await track()
      const { data } = await call(`${channel}.challenge`)
      expect(data?.challengeId).toEqual(expect.any(String))
      const verified = await call(`${channel}.verify`, `{ code: '${await user.nextCode(method)}' }`)
      await expectValid(verified.data?.token)
    },
  }
}

function enrolment(channel: string, method: Method, field: 'phoneNumber' | 'email'): Scenario {
  return {
    methods: [`${channel}.enroll`, `${channel}.verify`],
    async run({ user, call, track, expectValid }) {
      await track()
      const { data } = await call(`${channel}.enroll`, `{ ${field}: '${user[field]}' }`)
      expect(data?.userId).toBe(user.userId)
      const verified = await call(`${channel}.verify`, `{ code: '${await user.nextCode(method)}' }`)
      await expectValid(verified.data?.token)
    },
  }
}

function qrCode(options: string): Scenario {
  return {
    methods: ['qrCode.challenge', 'qrCode.refresh', 'qrCode.disconnect'],
    has: ['SMS'],
    async run({ user, page, call, track, expectValid, phone }) {
      const { userId } = user
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
      await phone('qr/claim', { challengeId, userId })
      // The original repeats a state that it polls.
      await page.waitForFunction(`states.at(-1) === 'claimed'`)
      await phone('qr/respond', { challengeId, approved: true })
      await page.waitForFunction(`states.at(-1) === 'approved'`)
      await expectValid(await page.evaluate<string>('token'))
      await call('qrCode.disconnect')
    },
  }
}

for (const sdk of SDKS) {
  describe(`${sdk.name}, from a script tag`, () => {
    let app: Site

    beforeAll(async () => {
      const settings = JSON.stringify({ tenantId: service.tenantId, baseUrl: service.baseUrl })
      app = await serve({
        '/': html(`
          <title>App</title>
          <input autocomplete="username webauthn" aria-label="E-mail">
          <script src="/sdk.js"></script>
          <script>window.client = new authsignal.Authsignal(${settings})</script>`),
        '/sdk.js': { type: 'text/javascript', body: readFileSync(sdk.file, 'utf8') },
        '/fp/tags.js': { type: 'text/javascript', body: '' },
      })
    })

    afterAll(() => app.close())

    for (const [sentence, { methods, has = [], run }] of Object.entries(scenarios)) {
      test(sentence, async ({ page }) => {
        const user = await service.newUser(...has)
        const { userId } = user
        const called = new Set<string>()
        const call = <T>(method: string, argument = '') => {
          called.add(method)
          return page.evaluate<T>(`client.${method}(${argument})`)
        }
        await page.goto(app.url)
        await run({
          page,
          user,
          call,
          async track(action = 'pay') {
            const { token, url } = await service.backend.track({ userId, action, attributes: {} })
            await call('setToken', JSON.stringify(token))
            return { url }
          },
          async expectValid(token, action = 'pay') {
            expect(token).toEqual(expect.any(String))
            const validation = await service.backend.validateChallenge({ token: token!, action, userId })
            expect(validation).toMatchObject({ isValid: true, state: 'CHALLENGE_SUCCEEDED', userId })
          },
          plugIn: kind => plugIn(page, kind),
          async phone(path, body) {
            const init = { method: 'POST', body: JSON.stringify(body) }
            expect((await fetch(`${service.url}/emulator/${path}`, init)).status).toBe(200)
          },
        })
        expect([...called]).toEqual(expect.arrayContaining([...methods]))
      })
    }
  })
}

test('these scenarios call every public method that the original declares', () => {
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

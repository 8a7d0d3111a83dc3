/** How a ceremony begins and ends: in an input, in immediate mode, cancelled, or taken over by an extension. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { VirtualAuthenticator } from '../support/authenticators.js'
import {
  call,
  ceremonies,
  expectCeremonies,
  type Result,
  test,
  testOfOtherDomain,
  thrownBy,
} from './passkey-page.js'

describe('signIn({ preferImmediatelyAvailableCredentials: true })', () => {
  const immediately = 'client.passkey.signIn({ preferImmediatelyAvailableCredentials: true })'

  test('signs in with what is on the device', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane', { passkey: page })
    await shop.visit(page)
    await page.getByRole('button').click()

    const result = await call(page, immediately)

    expect(result.userId).toBe(user.userId)
    await shop.expectValid(user, result.token, 'signInWithPasskey')
    expect(await ceremonies(page)).toMatchObject([{ method: 'get', uiMode: 'immediate' }])
  })

  test('resolves credential_not_found without a credential', async ({ page, shop }) => {
    await shop.open(page)
    await page.getByRole('button').click()
    expect(await call(page, immediately)).toMatchObject({ errorCode: 'credential_not_found' })
  })

  testOfOtherDomain(
    'throws every other refusal of the browser as a WebAuthnError',
    async ({ page, problems, shop }) => {
      await shop.open(page)
      await page.getByRole('button').click()
      expect(await thrownBy(page, immediately)).toMatchObject({
        code: 'ERROR_INVALID_RP_ID',
        message: 'The RP ID "example.com" is invalid for this domain',
        isWebAuthnError: true,
      })
      await problems.expectOne(/The Relying Party ID "example\.com"/)
    },
  )

  test('resolves immediate_mediation_not_supported where the browser does not support or report it', async ({
    page,
    shop,
  }) => {
    await shop.open(page)
    const sent: string[] = []
    page.on('request', request => sent.push(request.url()))
    for (const capabilities of [
      'async () => ({ immediateGet: false })',
      'undefined',
      `async () => { throw new Error('no') }`,
      'capable; PublicKeyCredential.parseRequestOptionsFromJSON = undefined',
    ]) {
      await page.evaluate(`
        window.capable ??= PublicKeyCredential.getClientCapabilities
        PublicKeyCredential.getClientCapabilities = ${capabilities}
        undefined`)
      expect(await call(page, immediately)).toMatchObject({ errorCode: 'immediate_mediation_not_supported' })
    }
    expect(sent).toEqual([])
  })
})

describe('a ceremony that does not end by itself', () => {
  test('ends when its signal aborts, and can be started again', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    await shop.signUp(page, user)
    await page.reload()
    await device.setPresence(false)
    await page.evaluate(`
      controller = new AbortController()
      outcome = client.passkey.signIn({ signal: controller.signal })
      undefined`)
    await expectCeremonies(page, 1)

    await page.evaluate('controller.abort()')

    expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
    await device.setPresence(true)
    expect(await call(page, 'client.passkey.signIn()')).toMatchObject({ userId: user.userId })
  })

  test('does not start with a signal that is aborted already', async ({ page, authsignal, shop }) => {
    await shop.open(page)
    const signal = 'signal: AbortSignal.abort()'
    expect(await call(page, `client.passkey.signIn({ ${signal} })`)).toMatchObject({ errorCode: 'aborted' })
    const token = await shop.track(await authsignal.user('jane'))
    expect(await call(page, `client.passkey.signUp({ token: '${token}', ${signal} })`)).toMatchObject({
      errorCode: 'aborted',
    })
    expect(await ceremonies(page)).toEqual([])
  })

  test('ends when the next one starts, and the next one succeeds', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane')
    const device = await shop.open(page)
    await shop.signUp(page, user)
    await page.reload()
    await device.setPresence(false)
    await page.evaluate('first = client.passkey.signIn().catch(describeError); undefined')
    await expectCeremonies(page, 1)
    await device.setPresence(true)

    const second = await call(page, 'newClient().passkey.signIn()')

    expect(second).toMatchObject({ userId: user.userId })
    expect(await page.evaluate('first')).toMatchObject({
      code: 'ERROR_CEREMONY_ABORTED',
      isWebAuthnError: true,
    })
  })

  /** Like the extension of a password manager: it takes the call over, and never responds. */
  const takeOver = `
    isTaken = false
    original = { get: navigator.credentials.get, create: navigator.credentials.create }
    navigator.credentials.get = navigator.credentials.create = () => {
      isTaken = true
      return new Promise(() => {})
    }
    undefined`

  for (const method of ['signIn', 'signUp']) {
    test(`ends when its signal aborts in ${method}() and an extension does not respond`, async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      await shop.open(page)
      await page.evaluate(takeOver)
      await page.evaluate(`client.setToken('${await shop.track(user)}')`)
      await page.evaluate(`
        controller = new AbortController()
        outcome = client.passkey.${method}({ signal: controller.signal })
        undefined`)
      await page.waitForFunction('isTaken')

      await page.evaluate('controller.abort()')

      expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
    })

    test(`times out in ${method}() when an extension does not respond`, async ({
      page,
      authsignal,
      shop,
    }) => {
      const user = await authsignal.user('jane')
      await page.clock.install()
      await shop.open(page)
      await page.evaluate(takeOver)
      await page.evaluate(`client.setToken('${await shop.track(user)}')`)
      await page.evaluate(`
        isOver = false
        outcome = client.passkey.${method}().finally(() => { isOver = true })
        undefined`)
      await page.waitForFunction('isTaken')

      // The server allows a minute; some seconds of it may have passed.
      await page.clock.runFor(50_000)
      expect(await page.evaluate('isOver')).toBe(false)
      await page.clock.runFor(20_000)

      expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'timeout' })
      await page.evaluate('Object.assign(navigator.credentials, original); undefined')
      expect(await call(page, `client.passkey.signUp({ token: '${await shop.track(user)}' })`)).toMatchObject(
        {
          isVerified: true,
        },
      )
    })
  }
})

describe('signIn({ autofill: true })', () => {
  const autofill = 'client.passkey.signIn({ autofill: true })'

  test('signs in with the passkey that is chosen in the input', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane', { passkey: page })
    await shop.visit(page)

    const result = await call(page, autofill)

    expect(result.userId).toBe(user.userId)
    await shop.expectValid(user, result.token, 'signInWithPasskey')
    expect(await ceremonies(page)).toMatchObject([{ method: 'get', mediation: 'conditional' }])
  })

  test('names the action', async ({ page, authsignal, shop }) => {
    const user = await authsignal.user('jane', { passkey: page })
    await shop.visit(page)
    const result = await call(page, `client.passkey.signIn({ autofill: true, action: 'log-in' })`)
    await shop.expectValid(user, result.token, 'log-in')
  })

  test('resolves with nothing while another one is waiting, and that one keeps waiting', async ({
    page,
    shop,
  }) => {
    const device = await shop.open(page)
    await device.setPresence(false)
    await page.evaluate(`
      isOver = false
      controller = new AbortController()
      outcome = client.passkey.signIn({ autofill: true, signal: controller.signal }).finally(() => { isOver = true })
      undefined`)
    await expectCeremonies(page, 1)

    expect(await page.evaluate(autofill)).toEqual({})
    expect(await ceremonies(page)).toHaveLength(1)
    expect(await page.evaluate('isOver')).toBe(false)

    await page.evaluate('controller.abort()')
    expect(await call(page, 'outcome')).toMatchObject({ errorCode: 'aborted' })
  })

  test('waits longer than the limit of other ceremonies', async ({ page, shop }) => {
    await page.clock.install()
    const device = await shop.open(page)
    await device.setPresence(false)
    await page.evaluate(`isOver = false; ${autofill}.finally(() => { isOver = true }); undefined`)
    await expectCeremonies(page, 1)
    await page.clock.runFor(400_000)
    expect(await page.evaluate('isOver')).toBe(false)
  })

  const outcomes: Record<string, (page: Page, device: VirtualAuthenticator) => Promise<unknown>> = {
    'a sign-in': page => call(page, autofill),
    'its signal': async (page, device) => {
      await device.setPresence(false)
      await page.evaluate(`
        controller = new AbortController()
        outcome = client.passkey.signIn({ autofill: true, signal: controller.signal })
        undefined`)
      await expectCeremonies(page, 1)
      await page.evaluate('controller.abort(); outcome')
      await device.setPresence(true)
    },
    'another ceremony': async (page, device) => {
      await device.setPresence(false)
      await page.evaluate(`outcome = ${autofill}.catch(describeError); undefined`)
      await expectCeremonies(page, 1)
      await device.setPresence(true)
      await call(page, 'client.passkey.signIn()')
      expect(await page.evaluate('outcome')).toMatchObject({ code: 'ERROR_CEREMONY_ABORTED' })
    },
    'a refusal of the browser': async page => {
      await page.evaluate(`
        original = navigator.credentials.get
        navigator.credentials.get = async () => { throw new DOMException('no', 'NotAllowedError') }
        undefined`)
      expect(await thrownBy(page, autofill)).toMatchObject({ name: 'NotAllowedError' })
      await page.evaluate('navigator.credentials.get = original; undefined')
    },
    'a page without an input for it': async page => {
      await page.evaluate(`document.querySelector('input').autocomplete = 'username'; undefined`)
      expect((await thrownBy(page, autofill)).message).toMatch(/<input>/)
      await page.evaluate(`document.querySelector('input').autocomplete = 'username webauthn'; undefined`)
    },
    'a failure of the API': async page => {
      await page.route('**/authentication-options', route => route.abort(), { times: 1 })
      expect(await call(page, autofill)).toMatchObject({ errorCode: 'network_error' })
    },
  }
  for (const [name, end] of Object.entries(outcomes)) {
    test(`can be started again after ${name}`, async ({ page, authsignal, shop }) => {
      const user = await authsignal.user('jane')
      const device = await shop.open(page)
      await shop.signUp(page, user)
      await page.reload()
      await end(page, device)
      expect(await call(page, autofill)).toMatchObject({ isVerified: true, userId: user.userId })
    })
  }

  test('can be started again in the task that aborts it, as a component mounted twice does', async ({
    page,
    authsignal,
    shop,
  }) => {
    const user = await authsignal.user('jane', { passkey: page })
    await shop.visit(page)
    const [first, second] = await page.evaluate<[Result, Result]>(`
      (() => {
        const controller = new AbortController()
        const first = client.passkey.signIn({ autofill: true, signal: controller.signal })
        controller.abort()
        return Promise.all([first, client.passkey.signIn({ autofill: true })])
      })()`)
    expect(first).toMatchObject({ errorCode: 'aborted' })
    expect(second).toMatchObject({ userId: user.userId })
  })
})

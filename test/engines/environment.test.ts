/**
 * Where the client lives: host names and their cookies, pages without storage, workers, React, and pages that
 * is not visible.
 */

import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect } from 'vitest'
import { PHONE } from '../support/jane.js'
import { APPROVE, CONTAINER, FRAME, pageFile, serveUi } from '../support/launch-pages.js'
import { built, html, type Site, serve } from '../support/site.js'
import { type EngineTest, inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'

/** What the script of the page defines. */
declare const authsignal: typeof import('authsignal-channels')

declare global {
  interface Window {
    /** Of the test. */
    client?: import('authsignal-channels').Authsignal
    worker?: Worker
    /** Of `pages/strict-mode.js`. */
    effects?: number
    responses?: object[]
    /** How often the page has polled, and a way to stop it. */
    polls?: number
    controller?: AbortController
  }
}

let site: Site
let ui: Site

beforeAll(async () => {
  ui = await serveUi()
  const script = '<script src="/collect-errors.js"></script><script src="/authsignal.js"></script>'
  site = await serve({
    '/': html(`${script}<title>App</title>`),
    '/sandbox': html(`<title>App</title><iframe sandbox="allow-scripts" src="/"></iframe>`),
    '/strict-mode': html(`${script}<title>App</title><div></div><script src="/strict-mode.js"></script>`),
    '/strict-mode.js': { type: 'text/javascript', body: await bundle('strict-mode.js') },
    '/v1/state': { type: 'application/json', body: '{"state":"PENDING"}' },
    '/worker.js': pageFile('worker.js'),
    '/collect-errors.js': pageFile('collect-errors.js'),
    '/authsignal.js': built('authsignal.umd.js'),
    '/authsignal.min.mjs': built('authsignal.min.mjs'),
  })
})

afterAll(() => Promise.all([site.close(), ui.close()]))

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(pageFile(name))],
    bundle: true,
    format: 'iife',
    // Only React's development build has the double effects.
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
  })
  return outputFiles[0]!.text
}

/** Tests with `track`, which adds a user and tracks an action. */
const withTrack = (base: EngineTest) =>
  base.extend('track', ({ authsignal, backend }) => async (userId = 'jane', sms = PHONE) => {
    const user = await authsignal.user(userId, { sms })
    const { token, url } = await backend.track({ userId, action: 'pay', attributes: {} })
    return { user, token, url, settings: authsignal.pageSettings }
  })

type TrackTest = ReturnType<typeof withTrack>

const anonymousId = (page: EnginePage) =>
  page.evaluate(() => {
    const client = new authsignal.Authsignal({ tenantId: 'acme' })
    return { id: client.anonymousId, cookie: document.cookie }
  })

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

function deviceTests(test: EngineTest) {
  const at = (hostName: string) => `http://${hostName}:${new URL(site.url).port}/`

  /** Goes there, unless this engine on this machine does not know the name. */
  const reach = (page: EnginePage, hostName: string) =>
    page.goto(at(hostName)).then(
      () => page.evaluate(expected => location.hostname === expected, hostName),
      () => false,
    )

  for (const hostName of [
    'localhost',
    '127.0.0.1',
    'shop.localhost',
    'www.shop.localhost',
    'awww.shop.localhost',
  ]) {
    test(`the ID of the device is found again after a reload of ${hostName}`, async ({ page, skip }) => {
      if (!(await reach(page, hostName))) skip(`This engine finds no ${hostName} on this machine.`)
      const first = await anonymousId(page)
      expect(first.id).toMatch(UUID)
      expect(first.cookie).toBe(`__as_aid=${first.id}`)
      await page.goto(at(hostName))
      expect(await anonymousId(page)).toEqual(first)
    })
  }

  test('www.shop.localhost and shop.localhost are one device', async ({ page, skip }) => {
    if (!(await reach(page, 'www.shop.localhost')))
      skip('This engine finds no www.shop.localhost on this machine.')
    const { id } = await anonymousId(page)
    await page.goto(at('shop.localhost'))
    expect((await anonymousId(page)).id).toBe(id)
  })

  test('awww.shop.localhost has its own ID', async ({ page, skip }) => {
    if (!(await reach(page, 'awww.shop.localhost')))
      skip('This engine finds no awww.shop.localhost on this machine.')
    const { id } = await anonymousId(page)
    await page.goto(at('shop.localhost'))
    expect((await anonymousId(page)).id).not.toBe(id)
  })
}

function placeTests(test: TrackTest) {
  test('a sandboxed page, without origin, cookies or storage, completes a step-up', async ({
    sharedPage: page,
    track,
  }) => {
    const { user, token, settings } = await track()
    await page.goto(`${site.url}/sandbox`)
    const sandbox = page.frame('iframe')
    const before = await sandbox.evaluate(() => {
      const throws = (read: () => unknown) => {
        try {
          read()
          return false
        } catch {
          return true
        }
      }
      return [origin, throws(() => document.cookie), throws(() => localStorage), throws(() => sessionStorage)]
    })
    expect(before).toEqual(['null', true, true, true])

    const challenged = await sandbox.evaluate(
      (settings, token) => {
        window.client = new authsignal.Authsignal(settings)
        window.client.setToken(token)
        return window.client.sms.challenge()
      },
      settings,
      token,
    )
    expect(challenged).toHaveProperty('challengeId')
    const code = await user.sms.code()
    expect(await sandbox.evaluate(code => window.client!.sms.verify({ code }), code)).toMatchObject({
      isVerified: true,
    })
    expect(await sandbox.evaluate(() => window.client!.anonymousId)).toMatch(UUID)
  })

  test('a step-up stores nothing but the ID of the device', async ({ page, track }) => {
    const { user, token, settings } = await track()
    await page.goto(site.url)
    await page.evaluate(
      (settings, token) => {
        window.client = new authsignal.Authsignal(settings)
        window.client.setToken(token)
        return window.client.sms.challenge()
      },
      settings,
      token,
    )
    const code = await user.sms.code()
    expect(await page.evaluate(code => window.client!.sms.verify({ code }), code)).toMatchObject({
      isVerified: true,
    })
    const stored = await page.evaluate(async () => ({
      cookie: document.cookie.replace(window.client!.anonymousId, '<ID>'),
      inStorages: localStorage.length + sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }))
    expect(stored).toEqual({ cookie: '__as_aid=<ID>', inStorages: 0, databases: 0, caches: 0 })
  })

  test('a Web Worker imports the module, and completes a step-up', async ({ sharedPage: page, track }) => {
    const { user, token, settings } = await track()
    await page.goto(site.url)
    await page.evaluate(() => {
      window.worker = new Worker('/worker.js', { type: 'module' })
    })
    const send = (message: { readonly [name: string]: string | object }) =>
      page.evaluate(
        message =>
          new Promise<object>((resolve, reject) => {
            const worker = window.worker!
            worker.onmessage = ({ data }) => resolve(data)
            worker.onerror = ({ message }) => reject(new Error(message))
            worker.postMessage(message)
          }),
        message as never,
      )
    expect(await send({ make: settings, token })).toEqual({ anonymousId: expect.stringMatching(UUID) })
    expect(await send({ method: 'challenge' })).toHaveProperty('challengeId')
    expect(await send({ method: 'verify', input: { code: await user.sms.code() } })).toMatchObject({
      isVerified: true,
    })
  })

  test('two clients in one page keep to their own tokens', async ({ sharedPage: page, track }) => {
    const [jane, john] = [await track('jane', PHONE), await track('john', '+64211000002')]
    await page.goto(site.url)
    const challenged = await page.evaluate(
      (settings, tokens) => {
        const clients = tokens.map(token => {
          const client = new authsignal.Authsignal(settings)
          client.setToken(token)
          return client
        })
        return Promise.all(clients.map(client => client.sms.challenge()))
      },
      jane.settings,
      [jane.token, john.token],
    )
    expect(challenged.every(({ challengeId }) => challengeId)).toBe(true)
    for (const { user } of [jane, john]) expect(await user.sms.code()).toMatch(/^\d{6}$/)
  })
}

function reactTests(test: TrackTest) {
  test('React in strict mode sends one request, gets one message, and opens one popup', async ({
    sharedPage: page,
    track,
  }) => {
    const { user, token, settings } = await track()
    const url = `${ui.otherUrl}/challenge?token=${token}`
    await page.goto(`${site.url}/strict-mode?${new URLSearchParams({ ...settings, token, url })}`)
    // Both effects have run: the first one was undone at once.
    await expect.poll(() => page.evaluate(() => window.effects)).toBe(2)
    // The popup of the first effect fades away.
    const popups = () => page.evaluate(selector => document.querySelectorAll(selector).length, CONTAINER)
    await expect.poll(popups).toBe(1)
    await page.frame(FRAME).click(APPROVE)
    await expect.poll(() => page.evaluate(() => window.responses?.length)).toBe(4)

    const responses = await page.evaluate(() => window.responses!)
    const codes = responses.map(response => (response as { errorCode?: string }).errorCode).filter(Boolean)
    expect(codes.sort()).toEqual(['aborted', 'aborted'])
    expect(responses).toContainEqual(expect.objectContaining({ token: 'token-of-the-hosted-page' }))
    expect(responses).toContainEqual(expect.objectContaining({ challengeId: expect.any(String) }))

    expect(await user.sms.received()).toBe(1)
    const requests = await page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/client/challenge/sms'))
          .length,
    )
    expect(requests).toBe(1)
  })
}

function hiddenTests(test: EngineTest) {
  test('a hidden page does not poll, and polls at once when it is visible again', async ({
    engine,
    page,
    skip,
  }) => {
    if (!page.setHidden) return skip(engine.lacks.hidden)
    await page.goto(site.url)
    await page.evaluate(() => {
      window.polls = 0
      window.controller = new AbortController()
      const client = authsignal.createClient<{ state: { wait(): Promise<object> } }>({
        tenantId: 'acme',
        baseUrl: `${location.origin}/v1`,
        channels: {
          state: context => ({
            wait: () =>
              authsignal.poll(
                context,
                () => {
                  window.polls!++
                  return context.request('/state', { method: 'GET', as: 'tenant' })
                },
                { interval: 50, signal: window.controller!.signal, isDone: () => false },
              ),
          }),
        },
      })
      void client.state.wait()
    })
    const polls = () => page.evaluate(() => window.polls!)
    await expect.poll(polls).toBeGreaterThan(1)

    await page.setHidden(true)
    await expect.poll(() => page.evaluate(() => document.hidden)).toBe(true)
    const whileHidden = await page.evaluate(async () => {
      const intervals = (count: number) => new Promise(resolve => setTimeout(resolve, count * 50))
      await intervals(4) // for the poll in flight
      const first = window.polls
      await intervals(8)
      return [first, window.polls]
    })
    expect(whileHidden[1]).toBe(whileHidden[0])

    await page.setHidden(false)
    await expect.poll(polls).toBeGreaterThan(whileHidden[1]!)
    await page.evaluate(() => window.controller!.abort())
  })
}

inEachEngine(test => {
  deviceTests(test)
  const trackTest = withTrack(test)
  placeTests(trackTest)
  reactTests(trackTest)
  hiddenTests(test)
})

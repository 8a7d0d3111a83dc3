/**
 * Ten thousand messages that mean nothing, or mean it from the wrong place: none of them changes anything, and
 * none throws.
 */
import { afterAll, beforeAll, expect } from 'vitest'
import { CONTAINER, FRAME, serveApp, serveUi } from '../support/launch-pages.js'
import { html, type Site } from '../support/site.js'
import { inEachEngine } from './each-engine.js'
import type { EngineFrame, EnginePage } from './engine.js'
import { launch, outcome, untilReady } from './host.js'

/** Of them all, and for each sender. */
const MESSAGES = 10_000
const EACH = MESSAGES / 4

let host: Site
let ui: Site

beforeAll(async () => {
  ui = await serveUi({ '/other': html('<title>Other</title>') })
  host = await serveApp()
})

afterAll(() => Promise.all([host.close(), ui.close()]))

/**
 * Posts as many messages, the same ones for the same seed. Complete in itself, for it is sent as text.
 *
 * @param isForged Whether real messages are among them: from the hosted page itself they would count.
 */
function postNonsense(seed: number, count: number, isForged: boolean): void {
  // mulberry32
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const pick = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const times = <T>(most: number, make: () => T) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make)

  const number = () =>
    pick(0, -0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, -1e308, 1e308, 5e-324, 2 ** 53, random() * 1e4)
  const text = () =>
    pick(
      '',
      'null',
      '{',
      '[]',
      '"',
      '{"event":',
      '__proto__',
      'toString',
      'AUTHSIGNAL_READY',
      'forged',
      '7px',
      '\0',
      '🔑',
    )
  const key = () =>
    pick(
      'event',
      'token',
      'errorCode',
      'statusCode',
      '__proto__',
      'constructor',
      'toString',
      'length',
      'then',
      '',
    )
  /** As an own key, even `__proto__`. */
  const object = (depth: number): object => {
    const result = {}
    for (const [name, value] of times(4, () => [key(), any(depth - 1)] as const)) {
      Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true })
    }
    return result
  }
  const nested = () => {
    let result: unknown = number()
    for (let depth = 0; depth < 500; depth++) result = depth % 2 ? [result] : { token: result }
    return result
  }
  function any(depth: number): unknown {
    const simple = () =>
      pick<() => unknown>(
        () => null,
        () => undefined,
        () => random() < 0.5,
        number,
        text,
        () => 10n ** 30n,
      )()
    if (depth <= 0) return simple()
    return pick<() => unknown>(
      simple,
      () => object(depth),
      () => times(3, () => any(depth - 1)),
      () => new Date(Number.NaN),
      () => new Map([[text(), any(0)]]),
      () => new Uint8Array(3),
      () => /x/,
      () => new Error('forged'),
    )()
  }
  const json = (value: unknown) => {
    try {
      return JSON.stringify(value) ?? 'undefined'
    } catch {
      return '{' // BigInt has no JSON
    }
  }
  /** A known event with a wrong shape. */
  const almost = () =>
    json({
      event: pick<unknown>(
        'AUTHSIGNAL_CLOSE_POPUP',
        ['AUTHSIGNAL_CLOSE_POPUP'],
        'authsignal_close_popup',
        1,
        null,
      ),
      token: pick<unknown>(null, 7, true, {}, [], ['forged'], { toString: 'forged' }),
    })
  const forged = () =>
    pick<unknown>(
      json({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'forged' }),
      json({ event: 'AUTHSIGNAL_CLOSE_POPUP' }),
      json({ event: 'AUTHSIGNAL_API_ERROR', errorCode: 'forged' }),
      json({ event: 'AUTHSIGNAL_READY' }),
      { height: 900 },
    )
  const kinds: (() => unknown)[] = [
    () => any(3),
    () => object(3),
    () => json(object(3)),
    nested,
    () => json(nested()),
    almost,
    () => ({ height: pick<unknown>('900', null, -1, Number.NaN, [900], {}, true, 10n) }),
    () => ({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'an object, not a string' }),
  ]
  if (isForged) kinds.push(forged)
  const target = window.parent
  for (let sent = 0; sent < count; sent++) target.postMessage(pick(...kinds)(), '*')
}

/** Everything that a message could change. */
const state = (page: EnginePage) =>
  page.evaluate(async selector => {
    const { challengeId } = await app.client.sms.challenge()
    return {
      popup: document.querySelector(selector)?.shadowRoot?.innerHTML,
      settlements: app.settlements,
      reported: app.reported,
      bearer: challengeId,
      globals: Object.keys(window).length,
      prototypes: [Object.prototype, Array.prototype, String.prototype].map(
        prototype => Object.getOwnPropertyNames(prototype).length,
      ),
    }
  }, CONTAINER)

async function openPopup(page: EnginePage) {
  await page.goto(host.url)
  await page.evaluate(() => app.client.setToken('track-token'))
  await launch(page, { url: `${ui.otherUrl}/challenge?token=track-token` })
  await untilReady(page)
  await expect.poll(() => received(page)).toBe(2)
}

const received = (page: EnginePage) => page.evaluate(() => app.received)

async function addFrame(page: EnginePage, id: string, url: string): Promise<EngineFrame> {
  await page.evaluate(
    (id, url) =>
      new Promise(resolve => {
        const frame = document.createElement('iframe')
        frame.id = id
        frame.addEventListener('load', resolve)
        frame.src = url
        document.body.append(frame)
      }),
    id,
    url,
  )
  return page.frame(`#${id}`)
}

inEachEngine(test => {
  test('10,000 messages from any sender change nothing and throw nothing', async ({ sharedPage: page }) => {
    await openPopup(page)
    const sameOrigin = await addFrame(page, 'same-origin', `${ui.otherUrl}/other`)
    const foreign = await addFrame(page, 'foreign', `${ui.url}/other`)
    const before = await state(page)
    expect(before).toMatchObject({ settlements: 0, reported: [], bearer: 'Bearer track-token' })

    await sameOrigin.evaluate(postNonsense, 1, EACH, true)
    await foreign.evaluate(postNonsense, 2, EACH, true)
    await page.evaluate(postNonsense, 3, EACH, true)
    await page.frame(FRAME).evaluate(postNonsense, 4, EACH, false)

    await expect.poll(() => received(page)).toBe(2 + MESSAGES)
    expect(await state(page)).toEqual(before)

    // The page still listens to its own frame.
    await page.frame(FRAME).evaluate(() => window.tellEvent!('AUTHSIGNAL_CLOSE_POPUP', { token: 'genuine' }))
    expect(await outcome(page)).toMatchObject({ token: 'genuine' })
  })

  test('a token counts only when it is a string', async ({ sharedPage: page }) => {
    await openPopup(page)
    await page.frame(FRAME).evaluate(() => {
      for (const token of [7, 0, true, false, null, {}, [], ['forged'], { length: 3 }]) {
        window.tellEvent!('AUTHSIGNAL_CLOSE_POPUP', { token })
      }
      window.tellEvent!('AUTHSIGNAL_CLOSE_POPUP', { token: 'genuine' })
    })
    await expect.poll(() => received(page)).toBe(12)
    expect(await outcome(page)).toMatchObject({ token: 'genuine' })
    expect(await page.evaluate(() => app.client.sms.challenge())).toMatchObject({
      challengeId: 'Bearer genuine',
    })
  })

  test('a height counts up to 95 % of the screen', async ({ sharedPage: page }) => {
    await openPopup(page)
    const heights = () =>
      page.evaluate(selector => {
        const { shadowRoot } = document.querySelector(selector)!
        const heightOf = (name: string) => shadowRoot!.querySelector(name)!.getBoundingClientRect().height
        return {
          frame: Math.round((heightOf('iframe') / innerHeight) * 100),
          isInView: heightOf('dialog') <= innerHeight,
        }
      }, CONTAINER)
    for (const height of [5000, 2 ** 53, Number.MAX_VALUE, 1e21]) {
      await page.frame(FRAME).evaluate(height => {
        window.tell!({ height: 200 })
        window.tell!({ height })
      }, height)
      await expect.poll(heights).toEqual({ frame: 95, isInView: true })
    }
    await page.frame(FRAME).evaluate(() => window.tell!({ height: 300 }))
    await expect.poll(async () => (await heights()).frame).toBeLessThan(60)
    await page.evaluate(() => app.controller.abort())
  })
})

/**
 * launch() in a real browser, against a hosted page that sends the messages of a test.
 *
 * The host page and the hosted page are of two origins. What the hosted page of the emulator does is
 * tested in `hosted-ui.test.ts`.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { PATIENCE, test } from '../support/browser.js'
import { built, fixture, html, type Site, serve } from '../support/site.js'

const HOST_ID = '#__authsignal-popup-container'
const HOST_BODY = `
  <title>Host</title>
  <h1>Host</h1>
  <button type="button">Confirm</button>
  <p style="height: 3000px">A long page.</p>
  <script src="/authsignal.js"></script>
  <script src="/host.js"></script>`

let host: Site
let ui: Site
/** A third party: neither the app nor the hosted page. */
let stranger: Site

beforeAll(async () => {
  ui = await serve({
    '/challenge': html(
      '<title>Hosted</title><h1>Confirm</h1><p>Hosted page</p><script src="/ui.js"></script>',
    ),
    '/isolated': html('<title>Hosted</title><p>Hosted page</p><script src="/ui.js"></script>', {
      'cross-origin-opener-policy': 'same-origin',
    }),
    '/other-frame': html('<title>Other</title><script src="/ui.js"></script>'),
    '/not-to-be-framed': html('<title>Alone</title>', {
      'content-security-policy': "frame-ancestors 'none'",
    }),
    '/never': () => {},
    '/back': (request, response) =>
      response.writeHead(302, { location: new URL(request.url!, ui.url).searchParams.get('to')! }).end(),
    '/ui.js': fixture('ui.js'),
  })
  stranger = await serve({
    '/': html('<title>Stranger</title><script src="/ui.js"></script>'),
    '/ui.js': fixture('ui.js'),
  })
  host = await serve({
    '/': html(HOST_BODY),
    '/isolated': html(HOST_BODY, { 'cross-origin-opener-policy': 'same-origin' }),
    '/strict': html(HOST_BODY.replace(' style="height: 3000px"', ''), {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        `frame-src ${ui.otherUrl}`,
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    }),
    '/hostile': html(`
      <style>
        * { all: unset }
        html, body, script, style, title { display: none }
        html, body, button { display: block }
        dialog, div, iframe { display: none; width: 1px; opacity: .1; z-index: -1 }
      </style>${HOST_BODY}`),
    '/authsignal.js': built('authsignal.umd.js'),
    '/host.js': fixture('host.js'),
    // Responds with the token of the request.
    '/v1/client/challenge/sms': (request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ challengeId: request.headers.authorization })),
  })
})

afterAll(async () => {
  await Promise.all([host, ui, stranger].map(site => site.close()))
})

const hosted = (path = '/challenge?token=track-token') => `${ui.otherUrl}${path}`

interface LaunchInput {
  readonly url?: string
  readonly options?: object
}

async function openHost(page: Page, path = '/') {
  await page.goto(host.url + path)
  return page
}

async function prepare(page: Page, { url = hosted(), options = {} }: LaunchInput = {}) {
  await page.evaluate(`host.next = ${JSON.stringify({ url, options })}`)
}

/** Launches as a person does, by a click on the button. */
async function launch(page: Page, input?: LaunchInput) {
  await prepare(page, input)
  await page.getByRole('button', { name: 'Confirm' }).click()
}

/** Launches a popup, and waits until its page is there. */
async function launchPopup(page: Page, input?: LaunchInput): Promise<Frame> {
  await launch(page, input)
  return popupFrame(page)
}

async function popupFrame(page: Page): Promise<Frame> {
  const element = page.locator('iframe[name=authsignal]')
  await element.contentFrame().getByText('Hosted page').waitFor()
  const handle = await element.elementHandle()
  const frame = await handle!.contentFrame()
  await handle!.dispose() // or it would keep the element alive
  return frame!
}

async function launchWindow(page: Page, input: LaunchInput = {}): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    launch(page, { ...input, options: { mode: 'window', ...input.options } }),
  ])
  await popup.getByText('Hosted page').waitFor()
  return popup
}

/** Sends a message from the hosted page. */
async function tell(page: Page | Frame, message: unknown) {
  const run = `tell(${JSON.stringify(message)})`
  await page.waitForFunction('window.tell') // its text is there before its script has run
  return page.evaluate(run).catch(() => {}) // the page may close before the call returns
}

const tellEvent = (page: Page | Frame, event: string, details: object = {}) =>
  tell(page, JSON.stringify({ event, ...details }))

const tellToken = (page: Page | Frame, token: string) =>
  // The page may close before the call returns.
  tellEvent(page, 'AUTHSIGNAL_CLOSE_POPUP', { token }).catch(() => {})

/** What the launch resolved with. */
const outcome = (page: Page) => page.evaluate<Record<string, unknown>>('host.outcome')

/** Waits until the page has received that many messages from any sender. */
const untilReceived = (page: Page, count: number) =>
  expect
    .poll(() => page.evaluate<number>('host.received.length'), { timeout: PATIENCE })
    .toBeGreaterThanOrEqual(count)

const bearerOfNextCall = (page: Page) =>
  page.evaluate('host.client.sms.challenge().then(({ challengeId }) => challengeId)')

/** The page is as it was before the launch. */
async function expectNothingLeft(page: Page, { overflow = 'visible' } = {}) {
  await expect.poll(() => page.locator(HOST_ID).count(), { timeout: PATIENCE }).toBe(0)
  expect(
    await page.evaluate(`({
      elements: [...document.documentElement.children].map(({ tagName }) => tagName),
      frames: frames.length,
      overflow: getComputedStyle(document.documentElement).overflow,
      styleSheets: document.adoptedStyleSheets.length,
      bodyStyle: document.body.getAttribute('style'),
      focus: document.activeElement.textContent,
    })`),
  ).toEqual({
    elements: ['HEAD', 'BODY'],
    frames: 0,
    overflow,
    styleSheets: 0,
    bodyStyle: null,
    focus: 'Confirm',
  })
}

interface Outcome {
  readonly name: string
  readonly end: (page: Page, frame: Frame) => Promise<unknown>
  readonly outcome: object
}

const CLOSED = { errorCode: 'popup_closed' }

const OUTCOMES: readonly Outcome[] = [
  { name: 'the token', end: (_, frame) => tellToken(frame, 'new-token'), outcome: { token: 'new-token' } },
  {
    name: 'a cancel in the hosted page',
    end: (_, frame) => tellEvent(frame, 'AUTHSIGNAL_CLOSE_POPUP').catch(() => {}),
    outcome: CLOSED,
  },
  {
    name: 'Escape',
    end: page => page.keyboard.press('Escape'),
    outcome: CLOSED,
  },
  { name: 'a click beside the popup', end: page => page.mouse.click(20, 20), outcome: CLOSED },
  {
    name: 'the close button',
    end: page => page.getByRole('button', { name: 'Close' }).click(),
    outcome: CLOSED,
  },
  {
    name: 'the signal',
    end: page => page.evaluate('host.controller.abort()'),
    outcome: { errorCode: 'aborted' },
  },
]

describe('launch() in a popup', () => {
  for (const { name, end, outcome: expected } of OUTCOMES) {
    test(`ends with ${name}, and leaves nothing behind`, async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      expect(await page.evaluate('getComputedStyle(document.documentElement).overflow')).toBe('hidden')

      await end(page, frame)

      expect(await outcome(page)).toMatchObject(expected)
      await expectNothingLeft(page)
    })
  }

  test('opens a modal dialog with a name, and the hosted page in popup mode in it', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page, { url: hosted('/challenge?token=a%20b+c&x=1') })

    const dialog = page.getByRole('dialog', { name: 'Multi-factor authentication' })
    await dialog.waitFor()
    expect(await dialog.evaluate(element => element.matches(':modal'))).toBe(true)
    expect(await page.getByTitle('Authsignal multi-factor authentication').count()).toBe(1)
    expect(frame.url()).toBe(hosted('/challenge?token=a%20b+c&x=1&mode=popup'))
  })

  test('makes the client use the token from then on', async ({ page }) => {
    await openHost(page)
    await page.evaluate(`host.client.setToken('track-token')`)
    const frame = await launchPopup(page)
    expect(await bearerOfNextCall(page)).toBe('Bearer track-token')

    await tellToken(frame, 'new-token')

    expect(await outcome(page)).toMatchObject({ token: 'new-token', data: { token: 'new-token' } })
    expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
  })

  test('keeps the token that the client had when the user closes the popup', async ({ page }) => {
    await openHost(page)
    await page.evaluate(`host.client.setToken('track-token')`)
    await launchPopup(page)

    await page.getByRole('button', { name: 'Close' }).click()

    expect(await outcome(page)).toMatchObject(CLOSED)
    expect(await bearerOfNextCall(page)).toBe('Bearer track-token')
  })

  test('resolves at once, before the closing animation ends', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await openHost(page)
    const frame = await launchPopup(page)
    await page.evaluate(`
      wasThere = host.outcome.then(() => document.querySelector('${HOST_ID}') !== null)
      undefined`)
    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    expect(await page.evaluate('wasThere')).toBe(true)
    await expectNothingLeft(page)
  })

  for (const overflow of ['clip', 'scroll']) {
    test(`restores an inline overflow of the host page, like ${overflow}`, async ({ page }) => {
      await openHost(page)
      await page.evaluate(`document.documentElement.style.overflow = '${overflow}'`)
      const frame = await launchPopup(page)
      expect(await page.evaluate('getComputedStyle(document.documentElement).overflow')).toBe('hidden')
      await tellToken(frame, 'new-token')
      await outcome(page)
      await expectNothingLeft(page, { overflow })
      expect(await page.evaluate('document.documentElement.style.overflow')).toBe(overflow)
    })
  }

  test('keeps the page behind it from scrolling', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page)
    await page.mouse.move(20, 20)
    await page.mouse.wheel(0, 500)
    await tellToken(frame, 'new-token')
    await outcome(page)
    expect(await page.evaluate('scrollY')).toBe(0)
  })

  test('ends well when the button that launched it has gone', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page)
    await page.evaluate('host.button.remove()')
    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    await page.locator(HOST_ID).waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
  })

  test('that is not closable ignores Escape, however often, and a click beside it', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page, { options: { popupOptions: { isClosable: false } } })
    const dialog = page.getByRole('alertdialog', { name: 'Multi-factor authentication' })
    await dialog.waitFor()
    expect(await dialog.getByRole('button').count()).toBe(0)

    // With the focus in the dialog itself, and with the focus in the frame.
    await page.mouse.click(20, 20)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await frame.getByText('Hosted page').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')

    expect(await dialog.evaluate(element => element.matches(':modal'))).toBe(true)
    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    await expectNothingLeft(page)
  })

  test('resolves once: what the hosted page says after the token changes nothing', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page)
    await frame.evaluate(`
      tellEvent('AUTHSIGNAL_CLOSE_POPUP', { token: 'first' })
      tellEvent('AUTHSIGNAL_CLOSE_POPUP', { token: 'second' })`)
    expect(await outcome(page)).toMatchObject({ token: 'first' })
    await untilReceived(page, 3)
    expect(await bearerOfNextCall(page)).toBe('Bearer first')
  })

  test('whose signal is aborted already opens nothing', async ({ page }) => {
    await openHost(page)
    await page.evaluate('host.controller.abort()')
    await launch(page)
    expect(await outcome(page)).toMatchObject({ errorCode: 'aborted' })
    await expectNothingLeft(page)
  })

  for (const [name, target, stub] of [
    ['a browser without modal dialogs', 'HTMLDialogElement.prototype.showModal', 'undefined'],
    ['showModal() throwing', 'HTMLDialogElement.prototype.showModal', `() => { throw new Error('no') }`],
    ['a browser without constructed style sheets', 'window.CSSStyleSheet', 'undefined'],
    ['a page that lets nothing in', 'HTMLHtmlElement.prototype.append', `() => { throw new Error('no') }`],
  ] as const) {
    test(`resolves launch_failed with ${name}, and leaves nothing behind`, async ({ page }) => {
      await openHost(page)
      await page.evaluate(`original = ${target}; ${target} = ${stub}; undefined`)
      await launch(page)
      expect(
        await page.evaluate(
          'host.outcome.then(({ errorCode, cause }) => [errorCode, cause instanceof Error])',
        ),
      ).toEqual(['launch_failed', true])
      await expectNothingLeft(page)

      // Nor is the next one affected.
      await page.evaluate(`${target} = original; undefined`)
      await tellToken(await launchPopup(page), 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
      await expectNothingLeft(page)
    })
  }

  test('resolves a second launch at once with popup_already_open, and the first stays open', async ({
    page,
  }) => {
    await openHost(page)
    const frame = await launchPopup(page)

    const second = await page.evaluate(`host.client.launch(host.next.url)`)
    expect(second).toMatchObject({ errorCode: 'popup_already_open' })
    expect(await page.locator(HOST_ID).count()).toBe(1)

    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    await expectNothingLeft(page)
  })

  test('can be launched again as soon as the one before has resolved', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page)
    await page.evaluate(`
      again = host.outcome.then(() => host.client.launch(host.next.url + '&again'))
      undefined`)
    await tellToken(frame, 'first')
    await expect
      .poll(() => page.frames().map(each => each.url()), { timeout: PATIENCE })
      .toContain(hosted('/challenge?token=track-token&again&mode=popup'))
    const second = page.frames().find(each => each.url().includes('&again'))!
    await second.getByText('Hosted page').waitFor()
    await tellToken(second, 'second')
    expect(await page.evaluate('again')).toMatchObject({ token: 'second' })
    await expectNothingLeft(page)
  })

  test('leaves no node, document or listener behind after 20 of them', async ({ page, context }) => {
    await openHost(page)
    const devtools = await context.newCDPSession(page)
    const count = async () => {
      await page.evaluate('host.outcome = undefined; host.received.length = 0')
      await devtools.send('HeapProfiler.collectGarbage')
      return devtools.send('Memory.getDOMCounters')
    }
    const cycle = async () => {
      const frame = await launchPopup(page)
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
      await expect.poll(() => page.locator(HOST_ID).count(), { timeout: PATIENCE }).toBe(0)
    }

    await cycle()
    const before = await count()
    for (let round = 0; round < 20; round++) await cycle()
    const after = await count()

    expect(after.nodes - before.nodes).toBeLessThan(20)
    expect(after.documents - before.documents).toBeLessThan(3)
    expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(5)
    await expectNothingLeft(page)
  })

  test('ends when the user leaves the page, and can be launched again after the user returns', async ({
    page,
  }) => {
    await openHost(page)
    await page.evaluate('host.isTheSame = true')
    await launchPopup(page)

    await page.goto(`${stranger.url}/`)
    await page.goBack({ waitUntil: 'commit' })

    expect(await page.evaluate('host.isTheSame')).toBe(true)
    expect(await outcome(page)).toMatchObject(CLOSED)
    await page.locator(HOST_ID).waitFor({ state: 'detached' })
    const frame = await launchPopup(page)
    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    await expectNothingLeft(page)
  })

  test('has the focus, and Tab stays out of the page behind', async ({ page }) => {
    await openHost(page)
    await launchPopup(page)
    const focus = () =>
      page.evaluate<string>(`
        document.activeElement === document.body ? 'browser' : document.activeElement.shadowRoot?.activeElement?.tagName ?? 'behind'`)
    expect(await focus()).toBe('DIALOG')
    const seen = new Set<string>()
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab')
      seen.add(await focus())
    }
    expect(seen).toContain('BUTTON')
    expect(seen).not.toContain('behind')
  })

  describe('whose hosted page does not load', () => {
    for (const { name, path } of [
      { name: 'refuses the connection', path: 'refused' },
      { name: 'refuses to be framed', path: '/not-to-be-framed' },
      { name: 'never responds', path: '/never' },
      { name: 'is something else that says nothing', path: '/challenge?silent' },
    ]) {
      test(`resolves launch_failed when it ${name}`, async ({ page, problems }) => {
        await openHost(page, '/?timeout=500')
        const url = path === 'refused' ? `http://127.0.0.1:${await unusedPort()}/challenge` : hosted(path)
        await launch(page, { url })
        expect(await outcome(page)).toMatchObject({ errorCode: 'launch_failed' })
        expect(await outcome(page)).not.toHaveProperty('token')
        await expectNothingLeft(page)
        if (path === '/not-to-be-framed') await problems.expectOne(/frame-ancestors/)
      })
    }

    test('waits without a limit once it has loaded', async ({ page }) => {
      await page.clock.install()
      await openHost(page)
      const frame = await launchPopup(page)
      await page.clock.runFor('10:00')
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    })
  })

  describe('listens to its own frame only', () => {
    const CLOSE = JSON.stringify({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'forged' })

    for (const { name, url } of [
      { name: 'another origin', url: () => `${stranger.url}/?silent` },
      { name: 'another frame of the same origin', url: () => hosted('/other-frame?silent') },
      { name: 'the origin of the hosted page under another name', url: () => `${ui.url}/other-frame?silent` },
    ]) {
      test(`and not to ${name}`, async ({ page }) => {
        await openHost(page)
        const frame = await launchPopup(page)
        await page.evaluate(`
        stranger = document.createElement('iframe')
        stranger.name = 'stranger'
        stranger.src = ${JSON.stringify(url())}
        new Promise(resolve => {
          stranger.onload = () => resolve()
          document.body.append(stranger)
        })`)
        const received = await page.evaluate<number>('host.received.length')
        const other = page.frame({ name: 'stranger' })!
        await tell(other, CLOSE)
        await tell(other, { height: 900 })
        await tellEvent(other, 'AUTHSIGNAL_API_ERROR', { errorCode: 'forged' })
        await untilReceived(page, received + 3)

        await tellToken(frame, 'genuine')

        expect(await outcome(page)).toMatchObject({ token: 'genuine' })
        expect(await page.evaluate('host.errors')).toEqual([])
      })
    }

    test('and not to its own frame while that is at another origin', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      await frame.goto(`${stranger.otherUrl}/?silent`)
      const received = await page.evaluate<number>('host.received.length')
      await tell(frame, CLOSE)
      await untilReceived(page, received + 1)

      await frame.goto(hosted())
      await tellToken(frame, 'genuine')

      expect(await outcome(page)).toMatchObject({ token: 'genuine' })
    })

    test('and not to the host page itself', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      await page.evaluate(`postMessage(${JSON.stringify(CLOSE)}, '*')`)
      await untilReceived(page, 2)
      await tellToken(frame, 'genuine')
      expect(await outcome(page)).toMatchObject({ token: 'genuine' })
    })

    test('and ignores messages that mean nothing', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      const nonsense = [
        null,
        0,
        true,
        '',
        'null',
        '{',
        '[]',
        '"AUTHSIGNAL_CLOSE_POPUP"',
        {},
        [],
        { event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'forged' },
        { height: '900' },
        { height: -1 },
        { height: null },
        '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":{"toString":1}}',
        '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":7}',
        '{"event":"__proto__"}',
        '{"__proto__":{"event":"AUTHSIGNAL_CLOSE_POPUP"}}',
      ]
      for (const message of nonsense) await tell(frame, message)
      await frame.evaluate('tell(undefined); tell(10n); tell({ height: NaN }); tell(new Map())')
      await untilReceived(page, nonsense.length + 5)
      await tellToken(frame, 'genuine')
      expect(await outcome(page)).toMatchObject({ token: 'genuine' })
    })
  })

  describe('follows its hosted page', () => {
    const frameHeight = async (page: Page) =>
      (await page.locator('iframe[name=authsignal]').boundingBox())!.height

    test('in height, up to 95 % of the screen', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      for (const [height, shown] of [
        [300, 300],
        [612, 612],
        [5000, 760],
        [1e300, 760],
        [420, 420],
      ] as const) {
        await tell(frame, { height })
        await expect.poll(() => frameHeight(page), { timeout: PATIENCE }).toBeCloseTo(shown, 0)
      }
      const dialog = (await page.getByRole('dialog').boundingBox())!
      expect(dialog.height).toBeLessThanOrEqual(760)
      expect(dialog.width).toBeCloseTo(385, 0)
    })

    test('but not in height when the height is fixed', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page, {
        options: { popupOptions: { height: '500px', width: '600px' } },
      })
      const before = await page.getByRole('dialog').boundingBox()
      expect(before).toMatchObject({ width: 600, height: 500 })
      const received = await page.evaluate<number>('host.received.length')
      await tell(frame, { height: 200 })
      await untilReceived(page, received + 1)
      expect(await page.getByRole('dialog').boundingBox()).toEqual(before)
      expect(await frameHeight(page)).toBeGreaterThan(490)
    })

    test('and stays hidden behind the spinner until it is ready', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page, { url: hosted('/challenge?silent') })
      const opacity = () =>
        page.locator('iframe[name=authsignal]').evaluate(element => getComputedStyle(element).opacity)
      expect(await opacity()).toBe('0')
      await tellEvent(frame, 'AUTHSIGNAL_READY')
      await expect.poll(opacity, { timeout: PATIENCE }).toBe('1')
    })

    test('and reports its errors to onError, with the popup open', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      await tellEvent(frame, 'AUTHSIGNAL_API_ERROR', { errorCode: 'expired_token', statusCode: 401 })
      await tellEvent(frame, 'AUTHSIGNAL_API_ERROR', { errorCode: 'network_error' })
      await untilReceived(page, 3)
      expect(await page.evaluate('host.errors')).toEqual([
        { errorCode: 'expired_token', statusCode: 401 },
        { errorCode: 'network_error' },
      ])
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    })
  })

  describe('on a page that is not made for it', () => {
    const look = (page: Page) =>
      page.getByRole('dialog').evaluate(dialog => {
        const { position, borderRadius, display } = getComputedStyle(dialog)
        const box = dialog.getBoundingClientRect()
        const left = Math.round(box.left)
        return {
          position,
          borderRadius,
          display,
          width: box.width,
          isCentred: left === Math.round(innerWidth - box.right),
        }
      })
    const WELL = { position: 'fixed', borderRadius: '14px', display: 'block', width: 385, isCentred: true }

    test('works under the strictest policy with Trusted Types, without one violation', async ({ page }) => {
      await openHost(page, '/strict')
      const frame = await launchPopup(page)
      expect(await look(page)).toEqual(WELL)
      await tell(frame, { height: 300 })
      await expect
        .poll(async () => (await page.locator('iframe[name=authsignal]').boundingBox())!.height, {
          timeout: PATIENCE,
        })
        .toBe(300)
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
      expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
      await expectNothingLeft(page)
      expect(await page.evaluate('host.violations')).toEqual([])
    })

    test('looks the same whatever the styles of the page are', async ({ page }) => {
      await openHost(page, '/hostile')
      const frame = await launchPopup(page)
      expect(await look(page)).toEqual(WELL)
      await page.getByRole('button', { name: 'Close' }).click({ trial: true })
      await frame.getByText('Hosted page').click()
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    })

    test('comes in front of a dialog of the page, and gives the focus back into it', async ({ page }) => {
      await openHost(page)
      await page.evaluate(`
        dialog = document.createElement('dialog')
        dialog.append(host.button)
        document.body.append(dialog)
        dialog.showModal()`)
      const frame = await launchPopup(page)
      await frame.getByText('Hosted page').click()
      await tellToken(frame, 'new-token')
      expect(await outcome(page)).toMatchObject({ token: 'new-token' })
      await expectNothingLeft(page)
      expect(await page.evaluate('dialog.open')).toBe(true)
    })
  })

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    '/challenge',
    'https://user:secret@example.com/',
  ]) {
    test(`rejects for ${url} and opens nothing`, async ({ page }) => {
      await openHost(page)
      const error = await page.evaluate(`
        host.client.launch(${JSON.stringify(url)}).catch(error => error.name + ': ' + error.message)`)
      expect(error).toMatch(/^TypeError: "url"/)
      await page.getByRole('button', { name: 'Confirm' }).focus()
      await expectNothingLeft(page)
    })
  }
})

describe('launch() in a window', () => {
  test('opens it in the task of the click', async ({ page }) => {
    await openHost(page)
    await prepare(page, { options: { mode: 'window' } })
    const opened = await page.evaluate(`
      (() => {
        let isOpen = false
        open = () => { isOpen = true; return null }
        host.launch()
        return isOpen
      })()`)
    expect(opened).toBe(true)
  })

  test('resolves with the token, and closes the window', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page)
    expect(popup.url()).toBe(hosted('/challenge?token=track-token&mode=popup'))
    const closed = popup.waitForEvent('close')
    await tellToken(popup, 'new-token')
    await closed
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
    expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
    await expectNothingLeft(page)
  })

  test('opens it in the requested size', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page, { options: { windowOptions: { width: 520, height: 610 } } })
    await expect
      .poll(() => popup.evaluate('[innerWidth, innerHeight]'), { timeout: PATIENCE })
      .toEqual([520, 610])
  })

  for (const { name, end } of [
    {
      name: 'cancels in it',
      end: (popup: Page) => tellEvent(popup, 'AUTHSIGNAL_CLOSE_POPUP').catch(() => {}),
    },
    { name: 'closes it', end: (popup: Page) => popup.close() },
  ]) {
    test(`resolves popup_closed when the user ${name}`, async ({ page }) => {
      await openHost(page)
      const popup = await launchWindow(page)
      const closed = popup.waitForEvent('close')
      await end(popup)
      expect(await outcome(page)).toMatchObject(CLOSED)
      await closed
      await expectNothingLeft(page)
    })
  }

  test('resolves popup_blocked when the browser does not allow it', async ({ page }) => {
    // As soon as the page has loaded, without a click.
    await page.addInitScript(url => {
      addEventListener('load', () => {
        const { host } = window as unknown as { host: { next: object; launch(): void } }
        host.next = { url, options: { mode: 'window' } }
        host.launch()
      })
    }, hosted())
    await openHost(page)
    expect(await outcome(page)).toMatchObject({ errorCode: 'popup_blocked' })
    expect(page.context().pages()).toHaveLength(1)

    const popup = await launchWindow(page)
    await tellToken(popup, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
  })

  test('closes it when the signal is aborted', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page)
    const closed = popup.waitForEvent('close')
    await page.evaluate('host.controller.abort()')
    expect(await outcome(page)).toMatchObject({ errorCode: 'aborted' })
    await closed
  })

  test('resolves a second launch with popup_already_open, and the first stays open', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page)
    expect(await page.evaluate('host.client.launch(host.next.url)')).toMatchObject({
      errorCode: 'popup_already_open',
    })
    await tellToken(popup, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
  })

  for (const { name, path, headers } of [
    { name: 'the app cuts off', path: '/isolated', headers: 'app' },
    { name: 'the hosted page cuts off', path: '/', headers: 'ui' },
  ]) {
    test(`resolves window_unreachable when a policy of ${name} the window`, async ({ page }) => {
      await openHost(page, path)
      // Playwright makes every page believe that it has the focus.
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false })
      const url = hosted(headers === 'ui' ? '/isolated?token=x' : undefined)
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        launch(page, { url, options: { mode: 'window' } }),
      ])
      await popup.getByText('Hosted page').waitFor()
      expect(await outcome(page)).toMatchObject({ errorCode: 'window_unreachable' })
    })
  }

  test('ignores another window of the same origin', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page)
    const opened = page.waitForEvent('popup')
    await page.evaluate(`void open(${JSON.stringify(hosted('/other-frame?silent'))})`)
    const other = await opened
    await other.waitForLoadState()
    const received = await page.evaluate<number>('host.received.length')
    await tellToken(other, 'forged')
    await untilReceived(page, received + 1)
    await tellToken(popup, 'genuine')
    expect(await outcome(page)).toMatchObject({ token: 'genuine' })
  })
})

describe('launch() by redirect', () => {
  test('goes to the hosted page, and handleRedirect() takes the token out of the address', async ({
    page,
  }) => {
    await openHost(page, '/?timeout=9000')
    await launch(page, { options: { mode: 'redirect' } })
    await page.getByText('Hosted page').waitFor()
    expect(page.url()).toBe(hosted('/challenge?token=track-token'))

    // As a hosted page does at the end.
    await page.goto(`${host.url}/?timeout=9000&token=new-token&order=a%20b#part`)
    expect(await page.evaluate('host.client.handleRedirect()')).toBe('new-token')
    expect(page.url()).toBe(`${host.url}/?timeout=9000&order=a%20b#part`)
    expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
    expect(await page.evaluate('host.client.handleRedirect()')).toBeUndefined()

    // The token is not in the history either.
    await page.goto(hosted('/challenge?left'))
    await page.goBack({ waitUntil: 'commit' })
    expect(page.url()).toBe(`${host.url}/?timeout=9000&order=a%20b#part`)
  })

  test('finds nothing to handle on a page that the user opened directly', async ({ page }) => {
    await openHost(page, '/?order=1#part')
    expect(await page.evaluate('host.client.handleRedirect()')).toBeUndefined()
    expect(page.url()).toBe(`${host.url}/?order=1#part`)
  })
})

/** A port without a listener: it was free a moment ago. */
async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => {
    server.close(resolve)
  })
  return port
}

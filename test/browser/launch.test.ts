/**
 * What launch() makes of its options, and of the messages of the hosted page, in Chromium.
 *
 * How a launch ends is tested in every engine, in `../engines/launch.test.ts`; the hosted page of the emulator
 * in `hosted-ui.test.ts`.
 */
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { test } from '../support/browser.js'
import { appBody, CLOSED, CONTAINER, serveApp, serveUi } from '../support/launch-pages.js'
import { PATIENCE } from '../support/patience.js'
import { html, type Site } from '../support/site.js'

let host: Site
let ui: Site
/** A third party: neither the app nor the hosted page. */
let stranger: Site

beforeAll(async () => {
  const other = html('<title>Other</title><script src="/ui.js"></script>')
  ui = await serveUi({ '/other': other })
  stranger = await serveUi({ '/other': other })
  host = await serveApp({
    '/': html(appBody('', '<p style="height: 3000px">A long page.</p>')),
    '/strict': html(appBody(), {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        `frame-src ${ui.otherUrl}`,
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    }),
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
  await page.evaluate(`app.launchInput = ${JSON.stringify([url, options])}`)
}

/** Launches as a person does, by a click on the button. */
async function launch(page: Page, input?: LaunchInput) {
  await prepare(page, input)
  await page.getByRole('button', { name: 'Pay' }).click()
}

/** Launches a popup, and waits until its page is there. */
async function launchPopup(page: Page, input?: LaunchInput): Promise<Frame> {
  await launch(page, input)
  return popupFrame(page)
}

async function popupFrame(page: Page): Promise<Frame> {
  const element = page.locator('iframe[name=authsignal]')
  await element.contentFrame().getByRole('heading', { name: 'Confirm' }).waitFor()
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
  await popup.getByRole('heading', { name: 'Confirm' }).waitFor()
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
const outcome = (page: Page) => page.evaluate<Record<string, unknown>>('app.outcome')

/** Waits until the page has received that many messages from any sender. */
const untilReceived = (page: Page, count: number) =>
  expect
    .poll(() => page.evaluate<number>('app.received'), { timeout: PATIENCE })
    .toBeGreaterThanOrEqual(count)

const bearerOfNextCall = (page: Page) =>
  page.evaluate('app.client.sms.challenge().then(({ challengeId }) => challengeId)')

/** The page is as it was before the launch. */
async function expectNothingLeft(page: Page, { overflow = 'visible' } = {}) {
  await expect.poll(() => page.locator(CONTAINER).count(), { timeout: PATIENCE }).toBe(0)
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
    focus: 'Pay',
  })
}

describe('launch() in a popup', () => {
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
    await page.evaluate(`app.client.setToken('track-token')`)
    const frame = await launchPopup(page)
    expect(await bearerOfNextCall(page)).toBe('Bearer track-token')

    await tellToken(frame, 'new-token')

    expect(await outcome(page)).toMatchObject({ token: 'new-token', data: { token: 'new-token' } })
    expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
  })

  test('keeps the token that the client had when the user closes the popup', async ({ page }) => {
    await openHost(page)
    await page.evaluate(`app.client.setToken('track-token')`)
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
      wasThere = app.outcome.then(() => document.querySelector('${CONTAINER}') !== null)
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
    await frame.getByRole('heading', { name: 'Confirm' }).click()
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
    await untilReceived(page, 4)
    expect(await bearerOfNextCall(page)).toBe('Bearer first')
  })

  test('whose signal is aborted already opens nothing', async ({ page }) => {
    await openHost(page)
    await page.evaluate('app.controller.abort()')
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
          'app.outcome.then(({ errorCode, cause }) => [errorCode, cause instanceof Error])',
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

  test('can be launched again as soon as the one before has resolved', async ({ page }) => {
    await openHost(page)
    const frame = await launchPopup(page)
    await page.evaluate(`
      again = app.outcome.then(() => app.client.launch(app.launchInput[0] + '&again'))
      undefined`)
    await tellToken(frame, 'first')
    await expect
      .poll(() => page.frames().map(each => each.url()), { timeout: PATIENCE })
      .toContain(hosted('/challenge?token=track-token&again&mode=popup'))
    const second = page.frames().find(each => each.url().includes('&again'))!
    await second.getByRole('heading', { name: 'Confirm' }).waitFor()
    await tellToken(second, 'second')
    expect(await page.evaluate('again')).toMatchObject({ token: 'second' })
    await expectNothingLeft(page)
  })

  test('waits without a limit once it has loaded', async ({ page }) => {
    await page.clock.install()
    await openHost(page)
    const frame = await launchPopup(page)
    await page.clock.runFor('10:00')
    await tellToken(frame, 'new-token')
    expect(await outcome(page)).toMatchObject({ token: 'new-token' })
  })

  describe('listens to its own frame only', () => {
    const CLOSE = JSON.stringify({ event: 'AUTHSIGNAL_CLOSE_POPUP', token: 'forged' })

    for (const { name, url } of [
      { name: 'another origin', url: () => `${stranger.url}/other?silent` },
      { name: 'another frame of the same origin', url: () => hosted('/other?silent') },
      { name: 'the origin of the hosted page under another name', url: () => `${ui.url}/other?silent` },
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
        const received = await page.evaluate<number>('app.received')
        const other = page.frame({ name: 'stranger' })!
        await tell(other, CLOSE)
        await tell(other, { height: 900 })
        await tellEvent(other, 'AUTHSIGNAL_API_ERROR', { errorCode: 'forged' })
        await untilReceived(page, received + 3)

        await tellToken(frame, 'genuine')

        expect(await outcome(page)).toMatchObject({ token: 'genuine' })
        expect(await page.evaluate('app.reported')).toEqual([])
      })
    }

    test('and not to its own frame while that is at another origin', async ({ page }) => {
      await openHost(page)
      const frame = await launchPopup(page)
      await frame.goto(`${stranger.otherUrl}/other?silent`)
      const received = await page.evaluate<number>('app.received')
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
      await untilReceived(page, 3)
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
      const received = await page.evaluate<number>('app.received')
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
      await untilReceived(page, 4)
      expect(await page.evaluate('app.reported')).toEqual([
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
      expect(await page.evaluate('app.violations')).toEqual([])
    })
  })
})

describe('launch() in a window', () => {
  test('opens it in the task of the click', async ({ page }) => {
    await openHost(page)
    await prepare(page, { options: { mode: 'window' } })
    const opened = await page.evaluate(`
      (() => {
        let isOpen = false
        open = () => { isOpen = true; return null }
        app.launch()
        return isOpen
      })()`)
    expect(opened).toBe(true)
  })

  test('opens it in the requested size', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page, { options: { windowOptions: { width: 520, height: 610 } } })
    await expect
      .poll(() => popup.evaluate('[innerWidth, innerHeight]'), { timeout: PATIENCE })
      .toEqual([520, 610])
  })

  test('ignores another window of the same origin', async ({ page }) => {
    await openHost(page)
    const popup = await launchWindow(page)
    const opened = page.waitForEvent('popup')
    await page.evaluate(`void open(${JSON.stringify(hosted('/other?silent'))})`)
    const other = await opened
    await other.waitForLoadState()
    const received = await page.evaluate<number>('app.received')
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
    await page.getByRole('heading', { name: 'Confirm' }).waitFor()
    expect(page.url()).toBe(hosted('/challenge?token=track-token'))

    // As a hosted page does at the end.
    await page.goto(`${host.url}/?timeout=9000&token=new-token&order=a%20b#part`)
    expect(await page.evaluate('app.client.handleRedirect()')).toBe('new-token')
    expect(page.url()).toBe(`${host.url}/?timeout=9000&order=a%20b#part`)
    expect(await bearerOfNextCall(page)).toBe('Bearer new-token')
    expect(await page.evaluate('app.client.handleRedirect()')).toBeUndefined()

    // The token is not in the history either.
    await page.goto(hosted('/challenge?left'))
    await page.goBack({ waitUntil: 'commit' })
    expect(page.url()).toBe(`${host.url}/?timeout=9000&order=a%20b#part`)
  })

  test('finds nothing to handle on a page that the user opened directly', async ({ page }) => {
    await openHost(page, '/?order=1#part')
    expect(await page.evaluate('app.client.handleRedirect()')).toBeUndefined()
    expect(page.url()).toBe(`${host.url}/?order=1#part`)
  })
})

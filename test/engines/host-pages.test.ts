/**
 * The popup on pages that are not made for it: strict policies, isolation, hostile styles, small screens; and
 * for people who use no mouse, or a screen reader.
 */
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { EMAIL, PHONE } from '../support/jane.js'
import {
  APPROVE,
  appBody,
  CLOSED,
  CONTAINER,
  FRAME,
  serveApp,
  serveUi,
  TOKEN,
} from '../support/launch-pages.js'
import { html, type Site } from '../support/site.js'
import { type EngineTest, inEachEngine } from './each-engine.js'
import type { EnginePage } from './engine.js'
import { expectNothingLeft, launch, leftovers, outcome, untilReady } from './host.js'

declare const axe: typeof import('axe-core')

const AXE = new URL(`file://${createRequire(import.meta.url).resolve('axe-core/axe.min.js')}`)

/** What a page may do to the elements of others: styles that mean well, and styles that do not. */
const HOSTILE: readonly { readonly name: string; readonly before: string }[] = [
  { name: 'unsets everything', before: '<style>* { all: unset !important }</style>' },
  {
    name: 'hides dialogs, frames and what is at the end',
    before: `<style>
      dialog, iframe, div, html > :last-child:not(body) { display: none !important; opacity: 0 !important; width: 1px !important }
    </style>`,
  },
  {
    name: 'covers everything',
    before:
      '<div style="position: fixed; inset: 0; z-index: 2147483647; background: #fff; pointer-events: none"></div>',
  },
  {
    name: 'moves and fades its root',
    before:
      '<style>:root { transform: rotate(3deg); opacity: .5; filter: blur(1px); font-size: 40px }</style>',
  },
]

let host: Site
let ui: Site

beforeAll(async () => {
  ui = await serveUi()
  host = await serveApp({
    '/axe.js': AXE,
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
    '/with-dialog': html(appBody('', '<dialog><button>Pay here</button></dialog>')),
    ...Object.fromEntries(HOSTILE.map(({ before }, index) => [`/hostile-${index}`, html(appBody(before))])),
  })
})

afterAll(() => Promise.all([host.close(), ui.close()]))

const hosted = () => `${ui.otherUrl}/challenge?token=track-token`

async function openPopup(page: EnginePage, path = '/') {
  await page.goto(host.url + path)
  const before = await leftovers(page)
  await launch(page, { url: hosted() })
  await untilReady(page)
  return before
}

/** What there is to see of the popup. */
const look = (page: EnginePage) =>
  page.evaluate(selector => {
    const container = document.querySelector(selector)!
    const part = (name: string) => container.shadowRoot!.querySelector(name)!
    const dialog = getComputedStyle(part('dialog'))
    const box = part('dialog').getBoundingClientRect()
    const frame = part('iframe').getBoundingClientRect()
    const button = part('button').getBoundingClientRect()
    const isInside = (inner: DOMRect, outer: DOMRect) =>
      inner.left >= outer.left &&
      inner.right <= outer.right &&
      inner.top >= outer.top &&
      inner.bottom <= outer.bottom
    const at = (rect: DOMRect) =>
      document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2)
    return {
      position: dialog.position,
      display: dialog.display,
      opacity: dialog.opacity,
      corners: dialog.borderRadius,
      isInView: isInside(box, new DOMRect(0, 0, innerWidth, innerHeight)),
      isCentred: Math.abs(box.left - (innerWidth - box.right)) <= 1,
      isInFront: at(frame) === container && at(button) === container,
      width: Math.round(box.width),
      frameWidth: Math.round(frame.width),
      frameOpacity: getComputedStyle(part('iframe')).opacity,
      closeButton: `${button.width} x ${button.height}`,
      hasCloseButtonInside: isInside(button, box),
      closesAt: button.left - box.left < box.right - button.right ? 'left' : 'right',
    }
  }, CONTAINER)

const WELL = {
  position: 'fixed',
  display: 'block',
  opacity: '1',
  corners: '14px',
  isInView: true,
  isCentred: true,
  isInFront: true,
  width: 385,
  frameWidth: 383,
  frameOpacity: '1',
  closeButton: '36 x 36',
  hasCloseButtonInside: true,
  closesAt: 'right',
}

/** Once it has faded in. */
const expectLook = (page: EnginePage, expected: object = WELL) =>
  expect.poll(() => look(page)).toEqual(expected)

async function approve(page: EnginePage) {
  await page.frame(FRAME).click(APPROVE)
  expect(await outcome(page)).toMatchObject(TOKEN)
}

function policyTests(test: EngineTest) {
  test('the strictest policy with Trusted Types is not violated, and the popup has its styles', async ({
    sharedPage: page,
  }) => {
    const before = await openPopup(page, '/strict')
    await expectLook(page)
    await approve(page)
    expect(await page.evaluate(() => app.client.sms.challenge())).toHaveProperty('challengeId')
    await expectNothingLeft(page, before)
    expect(await page.evaluate(() => app.violations)).toEqual([])
  })

  test('a cross-origin isolated page shows the hosted page of the emulator', async ({
    page,
    authsignal,
    backend,
    skip,
  }) => {
    const isolated = await serveApp({
      '/': html(appBody(), {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'content-security-policy': `frame-src ${authsignal.url}`,
      }),
    })
    onTestFinished(isolated.close)
    await page.goto(isolated.url)
    if (!(await page.evaluate(() => crossOriginIsolated))) skip('This build of the engine isolates no page.')
    await authsignal.user('jane', { sms: PHONE, email: EMAIL })
    const { url } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
    await launch(page, { url })
    await untilReady(page)
    await page.press('Escape')
    expect(await outcome(page)).toMatchObject(CLOSED)
    expect(await page.evaluate(() => app.violations)).toEqual([])
  })
}

function permissionTests(test: EngineTest) {
  test('the frame has permissions for the origin of the hosted page alone', async ({ sharedPage: page }) => {
    await openPopup(page)
    const allow = await page.evaluate(
      selector => document.querySelector(selector)!.shadowRoot!.querySelector('iframe')!.allow,
      CONTAINER,
    )
    expect(allow.split('; ')).toEqual([
      `publickey-credentials-get ${ui.otherUrl}`,
      `publickey-credentials-create ${ui.otherUrl}`,
      `clipboard-write ${ui.otherUrl}`,
    ])
    await approve(page)
  })
}

function styleTests(test: EngineTest) {
  for (const [index, { name }] of HOSTILE.entries()) {
    test(`a page that ${name} does not change the popup`, async ({ sharedPage: page }) => {
      await openPopup(page, `/hostile-${index}`)
      await expectLook(page)
      await approve(page)
    })
  }

  test('an open dialog of the page is behind the popup, and has the focus again afterwards', async ({
    sharedPage: page,
  }) => {
    await page.goto(`${host.url}/with-dialog`)
    await page.evaluate(url => {
      const dialog = document.querySelector('dialog')!
      dialog.querySelector('button')!.addEventListener('click', app.launch)
      app.launchInput = [url]
      dialog.showModal()
    }, hosted())
    await page.click('dialog button')
    await untilReady(page)
    await expectLook(page)
    await approve(page)
    expect(
      await page.evaluate(() => ({
        isOpen: document.querySelector('dialog')!.open,
        hasFocus: document.querySelector('dialog')!.contains(document.activeElement),
      })),
    ).toEqual({ isOpen: true, hasFocus: true })
  })

  test('a page from right to left has the close button on the left', async ({ sharedPage: page }) => {
    await page.goto(host.url)
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    await launch(page, { url: hosted() })
    await untilReady(page)
    await expectLook(page, { ...WELL, closesAt: 'left' })
    await approve(page)
  })

  test('at 400 % zoom the popup fits, with its close button', async ({ engine, page, skip }) => {
    if (!page.resize) return skip(engine.lacks.resize)
    await page.goto(host.url)
    await page.resize(320, 256)
    await launch(page, { url: hosted() })
    await untilReady(page)
    await expectLook(page, { ...WELL, width: 304, frameWidth: 302 })
    await approve(page)
  })

  test('forced colours leave the popup a border, and its close button its colour', async ({
    engine,
    page,
    skip,
  }) => {
    if (!page.emulate) return skip(engine.lacks.emulate)
    await page.emulate('forced colours')
    await openPopup(page)
    await expectLook(page)
    expect(
      await page.evaluate(selector => {
        const { shadowRoot } = document.querySelector(selector)!
        const system = (name: string) => {
          const probe = document.body.appendChild(document.createElement('i'))
          probe.style.cssText = `forced-color-adjust: none; color: ${name}`
          const { color } = getComputedStyle(probe)
          probe.remove()
          return color
        }
        const { borderTopWidth, backgroundColor } = getComputedStyle(shadowRoot!.querySelector('dialog')!)
        const { color } = getComputedStyle(shadowRoot!.querySelector('button')!)
        return {
          borderTopWidth,
          isCanvas: backgroundColor === system('Canvas'),
          isButtonSeen: color !== system('Canvas'),
        }
      }, CONTAINER),
    ).toEqual({ borderTopWidth: '1px', isCanvas: true, isButtonSeen: true })
  })

  test('reduced motion moves and fades nothing', async ({ engine, page, skip }) => {
    if (!page.emulate) return skip(engine.lacks.emulate)
    const durations = () =>
      page.evaluate(
        selector =>
          ['dialog', 'iframe'].map(
            name =>
              getComputedStyle(document.querySelector(selector)!.shadowRoot!.querySelector(name)!)
                .transitionDuration,
          ),
        CONTAINER,
      )
    await page.emulate('none')
    await openPopup(page)
    expect((await durations())[1]).toBe('0.15s')
    await page.emulate('reduced motion')
    expect(await durations()).toEqual(['0s', '0s'])
  })
}

/** What axe finds fault with: each rule, and where. */
const violations = (page: EnginePage) =>
  page.evaluate(async () => {
    const results: AxeResults = await axe.run(document, { iframes: false, resultTypes: ['violations'] })
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })

function accessibilityTests(test: EngineTest) {
  test('axe has no objection to a page with an open popup', async ({ sharedPage: page }) => {
    await openPopup(page)
    await expectLook(page)
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const script = document.createElement('script')
          script.addEventListener('load', resolve)
          script.addEventListener('error', reject)
          script.src = '/axe.js'
          document.head.append(script)
        }),
    )
    expect(await violations(page)).toEqual([])
    await approve(page)
  })

  test('Tab moves the focus into the frame and out of it, and never into the page behind', async ({
    sharedPage: page,
  }) => {
    const before = await openPopup(page)
    const focus = () =>
      page.evaluate(selector => {
        const { activeElement } = document
        if (activeElement?.matches(selector)) return activeElement.shadowRoot!.activeElement?.tagName
        return activeElement === document.body || activeElement === document.documentElement
          ? 'browser'
          : 'behind'
      }, CONTAINER)
    expect(await focus()).toBe('DIALOG')
    const tab = async (key: 'Tab' | 'Shift+Tab', times: number) => {
      const path: (string | undefined)[] = []
      for (let step = 0; step < times; step++) {
        await page.press(key)
        path.push(await focus())
      }
      return path
    }
    // Three buttons and a field in the frame; then the popup's own.
    expect(await tab('Tab', 5)).toEqual(['IFRAME', 'IFRAME', 'IFRAME', 'IFRAME', 'BUTTON'])
    expect(await tab('Shift+Tab', 1)).toEqual(['IFRAME'])
    // On from there it is the browser's own, or the first one again.
    expect(await tab('Tab', 6)).not.toContain('behind')
    expect(await tab('Shift+Tab', 8)).not.toContain('behind')
    await page.evaluate(() => app.controller.abort())
    await expectNothingLeft(page, before)
  })

  test('the dialog is modal and has a name, and so have its frame and its button', async ({
    sharedPage: page,
  }) => {
    await openPopup(page)
    expect(
      await page.evaluate(selector => {
        const { shadowRoot } = document.querySelector(selector)!
        const dialog = shadowRoot!.querySelector('dialog')!
        return {
          isModal: dialog.matches(':modal'),
          role: dialog.getAttribute('role'),
          name: dialog.getAttribute('aria-label'),
          frame: dialog.querySelector('iframe')!.title,
          button: dialog.querySelector('button')!.getAttribute('aria-label'),
        }
      }, CONTAINER),
    ).toEqual({
      isModal: true,
      role: 'dialog',
      name: 'Multi-factor authentication',
      frame: 'Authsignal multi-factor authentication',
      button: 'Close',
    })
    await approve(page)
  })
}

inEachEngine(test => {
  policyTests(test)
  permissionTests(test)
  styleTests(test)
  accessibilityTests(test)
})

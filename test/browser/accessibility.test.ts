/** The challenge for users of screen readers, keyboards, zoom and colours of their own: what WCAG 2.2 AA requires. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { FAULTS } from '../faults/faults.js'
import { axeViolations } from '../support/axe.js'
import { test as base, goThroughEnds, goThroughScreens, type Walker } from '../support/challenge-screens.js'
import { PHONE } from '../support/jane.js'
import { PATIENCE } from '../support/patience.js'

/** As wide as the page, and as light or dark as the system. */
const test = base.extend('usual', { width: '100%', path: '/both' })

const WIDE = { width: 1280, height: 800 }

/** What a screen does not fulfil; empty when it fulfils all of it. */
type Check = (page: Page, screen: string) => Promise<string[]>

type Findings = Readonly<Record<keyof typeof CHECKS, string[]>>

let findings: Promise<Findings> | undefined

/** What the checks find, on all screens. The first test goes through the screens for all of them. */
const found = (walker: Walker) => (findings ??= goThrough(walker))

async function goThrough(walker: Walker): Promise<Findings> {
  const { page } = walker
  const all: Findings = { focus: [], text: [], axe: [] }
  const stop = async (screen: string) => {
    for (const [name, check] of Object.entries(CHECKS)) {
      all[name as keyof Findings].push(...(await check(page, screen)).map(each => `"${screen}" ${each}`))
      await page.setViewportSize(WIDE)
    }
  }
  await goThroughScreens(walker, stop)
  await goThroughEnds(walker, stop)
  return all
}

async function speak(page: Page, lang: 'ar' | 'en', dir: 'rtl' | 'ltr') {
  await page.evaluate(`document.querySelector('#node').lang = '${lang}'`)
  await page.locator(`[data-authsignal=challenge][dir=${dir}]`).waitFor()
}

/** Ways to look at a screen. Each returns the way back. */
const LOOKS: Readonly<Record<string, (page: Page) => Promise<(() => Promise<void>) | undefined>>> = {
  'light colours': async () => undefined,
  'dark colours, 320 px wide': async page => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 568 })
    return async () => {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(WIDE)
    }
  },
  // What a zoom of 400 % leaves of 1280 by 1024.
  'forced colours, at a zoom of 400 %': async page => {
    await page.emulateMedia({ forcedColors: 'active' })
    await page.setViewportSize({ width: 320, height: 256 })
    return async () => {
      await page.emulateMedia({ forcedColors: 'none' })
      await page.setViewportSize(WIDE)
    }
  },
  'Arabic, from right to left': async page => {
    await speak(page, 'ar', 'rtl')
    return () => speak(page, 'en', 'ltr')
  },
}

const scrolledSideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** While nothing is loaded, a heading is for the page around it. */
const RULES = { 'target-size': { enabled: true }, 'page-has-heading-one': { enabled: false } }

async function checkByAxe(page: Page): Promise<string[]> {
  const objections: string[] = []
  for (const [look, change] of Object.entries(LOOKS)) {
    const undo = await change(page)
    let violations: string[] = []
    // The palette follows a change of the colours with the next frames.
    await expect
      .poll(async () => (violations = await axeViolations(page, RULES)), { timeout: PATIENCE })
      .toEqual([])
      .catch(() => objections.push(...violations.map(violation => `in ${look}: ${violation}`)))
    if ((await scrolledSideways(page)) !== 0) objections.push(`in ${look} is scrolled sideways`)
    await undo?.()
  }
  return objections
}

test('axe has no objection to any screen in any look, and nothing is scrolled sideways', {
  timeout: 180_000,
}, async ({ page, authsignal, visit }) => {
  expect((await found({ page, authsignal, visit })).axe).toEqual([])
})

/** What the Tab key stops at, in order: where it is in the document, and the width of its outline. */
async function tabStops(page: Page) {
  await page.evaluate(`{
    const root = document.querySelector('[data-authsignal=challenge]')
    root.tabIndex = -1
    root.focus()
    root.removeAttribute('tabindex')
  }`)
  const count = await page.locator('#node :is(button, input)').count()
  const stops: { readonly place: number; readonly outline: number; readonly isOnTop: boolean }[] = []
  for (let index = 0; index < count; index++) {
    await page.keyboard.press('Tab')
    stops.push(
      await page.evaluate(`(() => {
        const element = document.activeElement
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        const { x, y, width, height } = element.getBoundingClientRect()
        return {
          place: [...document.querySelectorAll('#node :is(button, input)')].indexOf(element),
          outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
          isOnTop: element.contains(document.elementFromPoint(x + width / 2, y + height / 2)),
        }
      })()`),
    )
  }
  return stops
}

async function checkFocus(page: Page, screen: string): Promise<string[]> {
  // Nothing had the focus before.
  if (screen === 'loading') return []
  const isInside = await page.evaluate(`document.activeElement.closest('#node') !== null`)
  await page.setViewportSize({ width: 320, height: 256 })
  return [
    ...(isInside ? [] : ['has lost the focus']),
    ...(await tabStops(page)).flatMap(({ place, outline, isOnTop }, index) => [
      ...(place === index ? [] : [`has the control ${place} at the stop ${index}`]),
      ...(outline >= 2 ? [] : [`has no outline at the stop ${index}`]),
      ...(isOnTop ? [] : [`covers the stop ${index}`]),
    ]),
  ]
}

describe('the focus', () => {
  test('is in the element on every screen, and Tab goes through all of it in order, in view and outlined', {
    timeout: 180_000,
  }, async ({ page, authsignal, visit }) => {
    expect((await found({ page, authsignal, visit })).focus).toEqual([])
  })

  test('stays in the element while the settings load', async ({ page, visit }) => {
    const user = await visit({ attributes: { redirectToSettings: true } })
    let load = () => {}
    const loaded = new Promise<void>(resolve => {
      load = resolve
    })
    await page.route('**/client/init', async route => {
      await loaded
      await route.continue()
    })
    await page.getByRole('textbox').fill(await user.sms.code())
    await page.locator('[data-authsignal=loading]:focus').waitFor()
    load()
    await page.getByRole('heading', { name: 'Your methods' }).and(page.locator(':focus')).waitFor()
  })
})

/** Pairs of texts that are drawn over each other, and texts outside of the element. */
const collisions = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const root = document.querySelector('[data-authsignal=challenge]')
    const frame = root.getBoundingClientRect()
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) {
      const { currentNode } = walker
      if (!currentNode.data.trim() || currentNode.parentElement.closest('[data-authsignal=hidden], [data-authsignal=probe]')) continue
      const range = document.createRange()
      range.selectNodeContents(currentNode)
      for (const box of range.getClientRects()) texts.push({ node: currentNode, box })
    }
    const found = []
    for (const [index, { node, box }] of texts.entries()) {
      if (box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom) found.push(node.data)
      for (const { node: other, box: over } of texts.slice(index + 1)) {
        const width = Math.min(box.right, over.right) - Math.max(box.left, over.left)
        const height = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top)
        // The lines of a font may touch.
        if (node !== other && width > 2 && height > 5) found.push(node.data + ' / ' + other.data)
      }
    }
    for (const input of root.querySelectorAll('input:not([type=checkbox])')) {
      const { fontSize, height } = getComputedStyle(input)
      if (Number.parseFloat(height) < Number.parseFloat(fontSize) * 1.2) found.push('#' + input.id + ' is too low')
    }
    return found
  })()`)

/** What the page must not break, by name: what is set in it. */
const TEXTS_OF_USERS: Readonly<Record<string, string>> = {
  'at 200 %': '#node { --authsignal-font-size: 32px }',
  'with spacing': `#node * {
    line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    #node p { margin-bottom: 2em !important }`,
}

async function checkText(page: Page): Promise<string[]> {
  const problems: string[] = []
  await page.setViewportSize({ width: 640, height: 512 })
  for (const [name, content] of Object.entries(TEXTS_OF_USERS)) {
    const style = await page.addStyleTag({ content })
    problems.push(...(await collisions(page)).map(text => `${name}: ${text}`))
    if ((await scrolledSideways(page)) !== 0) problems.push(`${name} is scrolled sideways`)
    await style.evaluate(element => (element as Element).remove())
  }
  return problems
}

test('text of twice the size, and with the spacing of WCAG, fits on every screen', {
  timeout: 180_000,
}, async ({ page, authsignal, visit }) => {
  expect((await found({ page, authsignal, visit })).text).toEqual([])
})

/** The focus first, before anything moves it. */
const CHECKS = { focus: checkFocus, text: checkText, axe: checkByAxe } satisfies Record<string, Check>

describe('the markup', () => {
  test('says what each field is for', async ({ page, visit }) => {
    const field = page.getByRole('textbox')
    await visit({ methods: [] })
    await page.getByRole('button', { name: /^Text message/ }).click()
    expect(await field.getAttribute('autocomplete')).toBe('tel')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: /^Email/ }).click()
    expect(await field.getAttribute('autocomplete')).toBe('email')
    await field.fill('jo@example.com')
    await page.getByRole('button', { name: 'Send code' }).click()
    await page.getByLabel('6-digit code').waitFor()
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
    // The address has not to be entered again.
    await page.getByRole('button', { name: 'Change address' }).click()
    expect(await field.inputValue()).toBe('jo@example.com')
  })

  test('underlines what is a link beside other text', async ({ page, visit }) => {
    await page.clock.install()
    await visit()
    await page.getByText('We sent').waitFor()
    await page.clock.runFor('00:31')
    const link = page.getByRole('button', { name: 'Resend code', exact: true })
    await link.waitFor()
    const [line, color, text] = await link.evaluate(element => {
      const style = getComputedStyle(element)
      return [style.textDecorationLine, style.textDecorationColor, style.color]
    })
    expect(line).toBe('underline')
    expect(color).toBe(text)
  })
})

test.for(['no-preference', 'reduce'] as const)(
  'nothing moves for longer than five seconds beside what can be read, with reducedMotion "%s"',
  async (reducedMotion, { page, visit }) => {
    await page.emulateMedia({ reducedMotion })
    await visit({ methods: ['magicLink'] })
    await page.getByText(/Waiting/).waitFor()
    const ends = await page.evaluate<(number | null)[]>(
      `document.querySelector('[data-authsignal=waiting]').getAnimations({ subtree: true })
        .map(({ effect }) => effect.getComputedTiming().endTime)`,
    )
    expect(ends).toEqual([expect.toSatisfy(end => typeof end === 'number' && end <= 5000)])
  },
)

/**
 * Keeps what a screen reader announces by itself: what changes in a live region that is on the page already, and
 * alerts that are inserted. What has the focus is read as well, but that is not counted here.
 */
const LISTEN = `
  window.announced = []
  const announce = region => {
    const text = region.textContent.trim()
    if (text) announced.push(text)
  }
  new MutationObserver(records => {
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement
      const region = element?.closest('[role=alert], [role=status]')
      if (region) announce(region)
      else
        for (const node of addedNodes)
          if (node instanceof Element) node.querySelectorAll('[role=alert]').forEach(announce)
    }
  }).observe(document, { childList: true, characterData: true, subtree: true })`

const untilAnnounced = (page: Page, text: RegExp) =>
  expect.poll(() => page.evaluate('announced.join("\\n")'), { timeout: PATIENCE }).toMatch(text)

describe('a screen reader announces', () => {
  test('what is sent, checked, wrong, copied and changed', async ({ page, context, app, visit }) => {
    await context.grantPermissions(['clipboard-write'], { origin: app.url })
    await page.addInitScript(LISTEN)
    const user = await visit({ attributes: { redirectToSettings: true } })
    const code = await user.sms.code()
    await untilAnnounced(page, /We sent a code to/)
    await page.getByRole('textbox').fill('1')
    await page.getByRole('button', { name: 'Continue' }).click()
    await untilAnnounced(page, /Enter the 6 digits/)
    await page.getByRole('textbox').fill(code)
    await untilAnnounced(page, /Checking…/)
    await page.getByRole('button', { name: 'Add a method' }).click()
    await page.getByRole('button', { name: /app/ }).click()
    await page.getByRole('button', { name: 'Copy' }).click()
    await untilAnnounced(page, /^Copied$/m)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: /^Remove/ }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await untilAnnounced(page, /Text message removed/)
  })

  /** What is said about a failure, by its `errorCode`. */
  const TEXTS: Readonly<Record<string, RegExp>> = {
    network_error: /Check your network/,
    invalid_response: /Check your network/,
    timeout: /Check your network/,
    too_many_requests: /Too many/,
    server_error: /not available right now/,
    forbidden: /does not allow that/,
    not_found: /no longer available/,
    expired_token: /Go back to the app and start again/,
    invalid_request: /Something went wrong/,
  }

  /** A fault for each `errorCode`. */
  const KINDS = Object.keys(TEXTS).map(code => FAULTS.find(({ expected }) => expected.errorCode === code)!)

  test.for(['init', 'challenge/sms', 'verify/sms'])(
    'what is wrong after each fault of %s',
    async (call, { page, authsignal, backend, visit }) => {
      await page.addInitScript(LISTEN)
      await visit()
      for (const { fault, expected } of KINDS) {
        // A user gets only so many codes.
        await authsignal.reset()
        const jane = await authsignal.user('jane', { sms: PHONE })
        // Not for the visit, which may still be sending its code.
        await authsignal.fail(`/v1/client/${call}`, fault, { user: jane })
        const { token } = await backend.track({ userId: 'jane', action: 'pay', attributes: {} })
        // Only a missing response times out.
        const timeout = expected.errorCode === 'timeout' ? 1000 : PATIENCE
        await page.evaluate(`{
          announced.length = 0
          Object.assign(document.querySelector('#node'), {
            client: authsignal.createClient(${JSON.stringify({ ...authsignal.pageSettings, timeout })}),
            token: ${JSON.stringify(token)},
          })
        }`)
        if (call.startsWith('verify')) {
          await untilAnnounced(page, /We sent a code/)
          await page.getByRole('textbox').fill('000000')
        }
        await untilAnnounced(page, TEXTS[expected.errorCode]!)
        expect(await page.evaluate(`document.activeElement.closest('#node') !== null`)).toBe(true)
      }
    },
  )
})

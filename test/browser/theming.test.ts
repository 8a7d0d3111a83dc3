/** The challenge in pages of all kinds: what their style sheets and policies do to it, and what they do not. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { HOOKS } from '../../src/elements/challenge/theme/hooks.js'
import { BRAND, goThroughScreens, test } from '../support/challenge-screens.js'
import { PATIENCE } from '../support/patience.js'

/** Style sheets that sites have, and such as none should have. None of their rules has a class or means a hook. */
const SHEETS: Readonly<Record<string, string>> = {
  // Below the node, because a page that is turned round as a whole turns the challenge too.
  'a general rule with everything': `
    form div *, form div *::before, form div *::after {
      box-sizing: content-box; margin: 1em; padding: 1em; border: 3px dashed lime; border-radius: 9px; outline: 2px solid;
      color: red; background: yellow; font: italic 900 30px/3 serif; letter-spacing: 5px; word-spacing: 5px;
      text-transform: uppercase; text-align: right; text-indent: 9px; text-decoration: line-through; text-shadow: 1px 1px;
      white-space: pre; vertical-align: super; list-style: square; float: left; clear: both; position: relative; top: 5px;
      display: inline; flex: 3; order: 2; width: 77px; min-width: 300px; max-width: 30px; height: 20px; overflow: scroll;
      transform: rotate(3deg); opacity: .5; filter: invert(1); box-shadow: 0 0 9px; cursor: wait; appearance: auto;
      animation: spin 3s; transition: all 3s; fill: red; stroke: red; stroke-width: 9;
      columns: 3; hyphens: auto; caret-color: red; accent-color: red; inset: 4px;
    }
    form div *::before, form div *::after { content: "x" }`,
  'rules for every element': `
    html body main form button, html body main form input, html body main form label { all: unset; background: red; color: lime; font-size: 9px }
    html body main form h1, html body main form p, html body main form div { margin: 3em; font: 40px fantasy; color: red; padding: 9px }
    html body main form ul, html body main form li { list-style: square; margin: 2em; padding: 3em; display: list-item }
    html body main form span, html body main form strong { font-size: 40px; color: red; display: inline-block; padding: 4px }
    html body main form svg, html body main form svg path, html body main form img { width: 90px; fill: red; stroke: lime; display: inline; vertical-align: baseline }
    main form, main form authsignal-code { padding: 20px; border: 3px solid }
    body, main, form { font: 30px/2 serif; color: red; text-align: right; text-transform: uppercase; letter-spacing: 2px; cursor: wait; text-indent: 20px; word-spacing: 4px; white-space: pre }
    ::placeholder { color: red } ::selection { background: red }`,
  'the root font size that makes 1rem 10px': 'html { font-size: 62.5% }',
  // Of normalize.css and of Tailwind CSS 3 and 4 (MIT), as far as it is for elements that the challenge has.
  'resets of frameworks': `
    html { line-height: 1.15; -webkit-text-size-adjust: 100% }
    *, ::before, ::after, ::backdrop, ::file-selector-button { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; border-color: #e5e7eb }
    h1 { font-size: inherit; font-weight: inherit; margin: .67em 0 }
    b, strong { font-weight: bolder } ol, ul, menu { list-style: none; margin: 0; padding: 0 }
    img, svg, video, canvas { display: block; vertical-align: middle } img, video { max-width: 100%; height: auto }
    button, input, optgroup, select, textarea { font: inherit; font-size: 100%; letter-spacing: inherit; color: inherit; margin: 0; padding: 0; border-radius: 0; background-color: transparent; opacity: 1; overflow: visible; text-transform: none }
    button, [type="button"], [type="reset"], [type="submit"] { -webkit-appearance: button; background-color: transparent; background-image: none }
    [type='text'], [type='email'], [type='tel'], [type='number'] { appearance: none; background-color: #fff; border-color: #6b7280; border-width: 1px; border-radius: 0; padding: .5rem .75rem; font-size: 1rem }
    button, [role="button"] { cursor: pointer } :disabled { cursor: default }
    input::placeholder { opacity: 1; color: #9ca3af } [hidden] { display: none }
    a { color: inherit; text-decoration: inherit }`,
}

/**
 * Keeps what can be seen of the challenge, for `changes`: the box of each element, whether something is before or after
 * it, and its computed style, as far as one of the sheets sets that property somewhere.
 */
const keepLook = (page: Page) =>
  page.evaluate(`
    const properties = new Set(${JSON.stringify(Object.values(SHEETS))}.flatMap(css => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      return [...sheet.cssRules].flatMap(rule => [...rule.style])
    }))
    properties.delete('all')
    window.look = () => {
      for (const animation of document.getAnimations()) {
        animation.pause()
        animation.currentTime = 0
      }
      const origin = document.querySelector('#node').getBoundingClientRect()
      const root = document.querySelector('[data-authsignal=challenge]')
      return [root, ...root.querySelectorAll(':not([data-authsignal=probe])')].map(element => {
        const style = getComputedStyle(element)
        const { x, y, width, height } = element.getBoundingClientRect()
        return {
          name: element.tagName + ' in ' + element.closest('[data-authsignal]').dataset.authsignal,
          box: [x - origin.x, y - origin.y, width, height].map(Math.round).join(' '),
          before: getComputedStyle(element, '::before').content,
          after: getComputedStyle(element, '::after').content,
          ...Object.fromEntries(Array.from(properties, property => [property, style.getPropertyValue(property)])),
        }
      })
    }
    window.before = look()
  `)

/** What has changed since, as `element: property: before → after`. */
const changes = (page: Page) =>
  page.evaluate<string[]>(`
    const after = look()
    before.flatMap((style, index) =>
      Object.entries(style)
        // Chromium forgets the used value of an automatic margin when it can use an earlier layout. The box is compared.
        .filter(([property, value]) => after[index]?.[property] !== value && (index > 0 || !property.startsWith('margin')))
        .map(([property, value]) => style.name + ': ' + property + ': ' + value + ' → ' + after[index]?.[property]))
  `)

/** Adds a style sheet to the page; returns what removes it. */
async function addStyle(page: Page, content: string) {
  const style = await page.addStyleTag({ content })
  return () => style.evaluate(element => (element as Element).remove())
}

// It compares the properties of all elements, four times on each screen.
test('the general style sheets of a page change nothing on any screen', { timeout: 180_000 }, async ({
  page,
  visit,
}) => {
  await goThroughScreens({ page, visit }, async screen => {
    // What is under the pointer changes when a text moves it.
    await page.mouse.move(1200, 700)
    await page.evaluate('new Promise(requestAnimationFrame)')
    await keepLook(page)
    for (const [sheet, css] of Object.entries(SHEETS)) {
      const remove = await addStyle(page, css)
      expect(await changes(page), `${sheet}, on the screen "${screen}"`).toEqual([])
      await remove()
    }
  })
})

test('each hook is on some screen, and a rule of the page for it counts', async ({ page, visit }) => {
  const found = new Set<string>()
  await goThroughScreens({ page, visit }, async () => {
    const hooks: string[] = await page.evaluate(
      `[...document.querySelectorAll('[data-authsignal]')].map(element => element.dataset.authsignal)`,
    )
    for (const hook of hooks) found.add(hook)
    const remove = await addStyle(
      page,
      HOOKS.map(
        hook =>
          `[data-authsignal="${hook}"] { background: rgb(1 2 3); letter-spacing: 3px; text-indent: 3px }`,
      ).join('\n'),
    )
    const unchanged = await page.evaluate(
      `[...document.querySelectorAll('[data-authsignal]:not([data-authsignal=probe])')].filter(element => {
        const { backgroundColor, letterSpacing, textIndent } = getComputedStyle(element)
        return [backgroundColor, letterSpacing, textIndent].join() !== 'rgb(1, 2, 3),3px,3px'
      }).map(element => element.dataset.authsignal)`,
    )
    expect(unchanged).toEqual([])
    await remove()
  })
  expect([...found].filter(hook => hook !== 'probe').sort()).toEqual([...HOOKS].sort())
})

describe('a rule of the page', () => {
  const submit = (page: Page) =>
    page.locator('[data-authsignal=submit]').evaluate(element => {
      const { paddingLeft, cssFloat, boxSizing } = getComputedStyle(element)
      return [paddingLeft, cssFloat, boxSizing]
    })

  test.for([
    [
      'with a class or an attribute counts like one for a hook',
      'main [data-authsignal] { padding: 3px }',
      '3px',
    ],
    ['with a pseudo-class does too', 'main button:not(:disabled) { padding: 3px }', '3px'],
    ['for a hook loses in a layer', '@layer mine { [data-authsignal=submit] { padding: 3px } }', '16px'],
    ['for elements loses in a layer too', '@layer mine { * { padding: 3px; float: right } }', '16px'],
    [
      'for floats and boxes never counts',
      '#node [data-authsignal=submit] { float: right !important; box-sizing: content-box }',
      '16px',
    ],
  ] as const)('%s', async ([, css, padding], { page, visit }) => {
    await visit()
    await page.locator('[data-authsignal=submit]').waitFor()
    await addStyle(page, css)
    expect(await submit(page)).toEqual([padding, 'none', 'border-box'])
  })
})

const background = (page: Page, hook: string) =>
  page
    .locator(`[data-authsignal=${hook}]`)
    .first()
    .evaluate(element => getComputedStyle(element).backgroundColor)

const expectBackground = (page: Page, hook: string, color: string) =>
  expect.poll(() => background(page, hook), { timeout: PATIENCE }).toBe(color)

describe('the accent', () => {
  test('can be set anywhere above, in any notation, and changed at any time', async ({ page, visit }) => {
    await visit()
    await expectBackground(page, 'submit', 'rgb(59, 79, 216)')
    await page.addStyleTag({ content: ':root { --authsignal-accent: hsl(120 100% 25%) }' })
    await expectBackground(page, 'submit', 'rgb(0, 128, 0)')
    await page.addStyleTag({ content: 'main { --brand: #a00; --authsignal-accent: var(--brand) }' })
    await expectBackground(page, 'submit', 'rgb(170, 0, 0)')
    await page.evaluate(
      `document.querySelector('main').style.setProperty('--authsignal-accent', 'color(srgb 0 0 1)')`,
    )
    await expectBackground(page, 'submit', 'rgb(0, 0, 255)')
  })

  test('is the default one when it is no colour', async ({ page, visit }) => {
    await visit()
    await page.addStyleTag({ content: ':root { --authsignal-accent: 12px }' })
    await page.addStyleTag({ content: ':root { --authsignal-surface: #eee }' })
    await expectBackground(page, 'challenge', 'rgb(238, 238, 238)')
    expect(await background(page, 'submit')).toBe('rgb(59, 79, 216)')
  })
})

describe('light and dark', () => {
  const LIGHT = 'rgb(255, 255, 255)'
  const DARK = 'rgb(24, 28, 36)'

  test('follow the color-scheme of the page, also when that changes', async ({ page, visit }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await visit()
    // A page that says nothing is light.
    await expectBackground(page, 'challenge', LIGHT)
    await page.evaluate(`document.documentElement.style.colorScheme = 'dark'`)
    await expectBackground(page, 'challenge', DARK)
  })

  test('follow the system where the page does', async ({ page, visit }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await visit({ path: '/both' })
    await expectBackground(page, 'challenge', DARK)
    await page.emulateMedia({ colorScheme: 'light' })
    await expectBackground(page, 'challenge', LIGHT)
  })

  test('are as the page says, while the user stays where they are', async ({ page, visit }) => {
    await visit({ appearance: { theme: 'dark' } })
    await expectBackground(page, 'challenge', DARK)
    await page.getByRole('textbox').pressSequentially('12')
    await page.evaluate(
      `Object.assign(document.querySelector('#node'), { theme: 'light', brand: undefined, action: 'Send $120' })`,
    )
    await expectBackground(page, 'challenge', LIGHT)
    await page.getByText('Send $120').waitFor()
    await page.keyboard.type('3')
    expect(await page.getByRole('textbox').inputValue()).toBe('123')
  })
})

test('the strictest policy lets the style, the theme and the logo through', async ({ page, visit }) => {
  await visit({ path: '/strict', appearance: BRAND })
  await expectBackground(page, 'submit', 'rgb(59, 79, 216)')
  expect(
    await page.getByRole('img', { name: 'Acme' }).evaluate(image => (image as HTMLImageElement).naturalWidth),
  ).toBe(1)
})

test('a logo that does not load is replaced by the name', async ({ page, visit }) => {
  await visit({ appearance: { brand: { name: 'Acme', logo: '/missing.png' } } })
  await page.getByText('Acme', { exact: true }).waitFor()
  expect(await page.getByRole('img', { name: 'Acme' }).count()).toBe(0)
})
